import { compareText } from '../text/compare.ts'
import { newDescribeWriter } from '../text/tabwriter.ts'

/** Lines of a description at levels of indent. Models kubectl/describe PrefixWriter. */
export class Lines {
  private readonly writer = newDescribeWriter()
  private done = ''

  /** Fields are separated by tabs; every level indents by two blanks. */
  line(level: number, text: string): void {
    this.writer.write(`${'  '.repeat(level)}${text}\n`)
  }

  field(level: number, name: string, value: string): void {
    this.line(level, `${name}:\t${value}`)
  }

  /** A line that ends the columns above it. */
  flush(): void {
    this.done += this.writer.flush()
  }

  get text(): string {
    this.flush()
    return this.done
  }
}

/** `Labels:` and such: the first on the line of the title, the rest below it. */
export function labelsMultiline(
  lines: Lines, level: number, title: string, labels: Readonly<Record<string, string>> | undefined,
  separator = '=',
): void {
  const keys = Object.keys(labels ?? {}).sort(compareText)
  if (keys.length === 0) lines.field(level, title, '<none>')
  keys.forEach((key, at) => {
    const text = `${key}${separator}${labels![key]!}`
    lines.line(level, at === 0 ? `${title}:\t${text}` : `\t${text}`)
  })
}

const hidden = 'kubectl.kubernetes.io/last-applied-configuration'

/** Models kubectl/describe printAnnotationsMultiline. */
export function annotationsMultiline(
  lines: Lines, title: string, annotations: Readonly<Record<string, string>> | undefined, level = 0,
): void {
  const keys = Object.keys(annotations ?? {}).filter((key) => key !== hidden).sort(compareText)
  if (keys.length === 0) lines.field(level, title, '<none>')
  keys.forEach((key, at) => {
    const lead = at === 0 ? `${title}:\t` : '\t'
    const value = annotations![key]!.replace(/\n$/, '')
    if (value.length + key.length + 2 <= 140 && !value.includes('\n')) {
      lines.line(level, `${lead}${key}: ${value}`)
      return
    }
    lines.line(level, `${lead}${key}:`)
    for (const part of value.split('\n')) {
      lines.line(level, `\t  ${part.length > 138 ? `${part.slice(0, 138)}...` : part}`)
    }
  })
}
