import { isValidElement, type ReactNode } from 'react'

/** The letters of a piece of text, whatever elements the Markdown has put around them. */
export function flatText(node: ReactNode): string {
  if (typeof node === 'string' || typeof node === 'number') return String(node)
  if (Array.isArray(node)) return node.map(flatText).join('')
  if (!isValidElement<{ children?: ReactNode }>(node)) return ''
  return flatText(node.props.children)
}
