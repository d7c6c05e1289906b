import { textHash } from '../../hash.ts'
import type { Process } from '../../kernel/types.ts'
import type { ManifestSource } from '../../trace/entries.ts'
import { placedLines } from './field-lines.ts'
import type { ParsedYaml } from './parse-yaml.ts'

/** A text with manifests in it, and what the trace says of where an object came from. */
export class SourceFile {
  private hash: string | undefined

  constructor(
    /** As messages of kubectl have it: `STDIN`, the words after -f. */
    readonly shown: string,
    /** As the editor knows it; `-` for standard input, the address of a page. */
    private readonly path: string,
    readonly text: string,
  ) {}

  /** `part`: `items[1]` for an item of a List; `before`: lines of the file before its document. */
  source(
    document: ParsedYaml & { readonly ok: true }, part: string, before: number,
  ): ManifestSource {
    this.hash ??= textHash(this.text)
    return {
      path: this.path, hash: this.hash, lines: placedLines(document.lines(), part, before),
    }
  }
}

/** A path as the editor has it: relative to the home directory where inside it. */
export function editorPath(process: Process, name: string): string {
  const path = process.absolute(name)
  const home = `${process.env.get('HOME') ?? ''}/`
  return home !== '/' && path.startsWith(home) ? path.slice(home.length) : path
}
