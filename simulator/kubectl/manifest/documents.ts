import { Failure } from '../command/failure.ts'
import { parseYaml } from './parse-yaml.ts'

/**
 * Documents of one text, as apimachinery's YAMLReader cuts them: at lines that begin with `---`.
 */
export function splitDocuments(text: string): readonly string[] {
  const documents: string[] = []
  let current: string[] = []
  for (const line of text.split('\n')) {
    if (!/^---\s*(#.*)?$/.test(line)) {
      current.push(line)
      continue
    }
    if (current.length > 0) documents.push(current.join('\n'))
    current = []
  }
  documents.push(current.join('\n'))
  return documents.filter((document) => document !== '')
}

/** The value of one document; undefined for an empty one. */
export function parseDocument(source: string, text: string): unknown {
  const parsed = parseYaml(text)
  if (!parsed.ok) {
    throw new Failure(
      `error parsing ${source}: error converting YAML to JSON: yaml: ${parsed.error}`,
    )
  }
  return parsed.value ?? undefined
}
