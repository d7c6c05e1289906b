import { singleQuote } from '../expand/quote.ts'
import type { HereDoc, Redirection, Source } from '../parse.ts'
import { wordText } from './word-text.ts'

/** `2> file`, `1>&2`, `<<< word`. Models print_cmd.c print_redirection. */
export function redirectionText(
  source: Source, node: Exclude<Redirection, HereDoc>,
): string {
  const { operator, descriptor, target } = node
  const word = target ? wordText(source, target) : ''
  const standard = operator.startsWith('>') ? 1 : 0
  const fd = descriptor?.type === 'FileDescriptor' ? descriptor.value : standard
  const named = descriptor?.type === 'FileDescriptorVariable' ? `{${descriptor.name}}` : undefined
  if (operator === '>&' || operator === '<&') {
    if (word === '-') return `${named ?? fd}>&-`
    if (operator === '>&' && !descriptor && !/^(?:\d|\$)/.test(word)) return `&> ${word}`
    return `${named ?? fd}${operator}${word}`
  }
  return `${named ?? (fd === standard ? '' : fd)}${operator} ${word}`
}

export function headerText({ operator, descriptor, delimiter }: HereDoc): string {
  const fd = descriptor?.type === 'FileDescriptor' && descriptor.value !== 0 ? descriptor.value : ''
  const name = delimiter?.quoted ? singleQuote(delimiter.value) : delimiter?.value ?? ''
  return `${fd}${operator}${name}`
}
