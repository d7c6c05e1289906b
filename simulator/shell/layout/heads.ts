import type { Case, For, Select, Source } from '../parse.ts'
import { wordText } from './word-text.ts'

/** `for name in words`, which bash also runs the DEBUG trap with. */
export function loopHead(source: Source, node: For | Select): string {
  const items = node.wordlist?.map((one) => wordText(source, one)) ?? ['"$@"']
  return `${node.type === 'For' ? 'for' : 'select'} ${node.name.text} in ${items.join(' ')}`
}

export function caseHead(source: Source, node: Case): string {
  return `case ${wordText(source, node.word)} in `
}
