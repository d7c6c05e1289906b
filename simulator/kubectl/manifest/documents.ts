import type { Task } from '../../time/tasks.ts'
import { Failure } from '../command/failure.ts'
import { readYaml, type ParsedYaml } from './parse-yaml.ts'

/** One document of a text. `before`: how many lines stand above it. */
export interface TextDocument { readonly text: string; readonly before: number }

/**
 * Documents of one text, as apimachinery's YAMLReader cuts them: at lines that begin with `---`.
 */
export function splitDocuments(text: string): readonly TextDocument[] {
  const documents: TextDocument[] = []
  let current: string[] = []
  let before = 0
  for (const [index, line] of text.split('\n').entries()) {
    if (!/^---\s*(#.*)?$/.test(line)) {
      current.push(line)
      continue
    }
    if (current.length > 0) documents.push({ text: current.join('\n'), before })
    current = []
    before = index + 1
  }
  documents.push({ text: current.join('\n'), before })
  return documents.filter((document) => document.text !== '')
}

/** One document, parsed. `now`: the lab's time. */
export function* readDocument(
  source: string, text: string, now: () => number,
): Task<ParsedYaml & { readonly ok: true }> {
  const parsed = yield* readYaml(text, now)
  if (!parsed.ok) {
    throw new Failure(
      `error parsing ${source}: error converting YAML to JSON: yaml: ${parsed.error}`,
    )
  }
  return parsed
}
