import { globExpression } from '../glob.ts'

/** What stands before the part of a name that cannot lead out of a directory: `/`, `../`. */
export function unsafePrefix(name: string): string {
  const up = /^(?:.*\/)?\.\.(?:\/|$)/.exec(name)?.[0] ?? ''
  const slashes = /^\/*/.exec(name.slice(up.length))?.[0] ?? ''
  return up + slashes
}

/** A name without its first `count` parts; undefined if nothing is left. */
export function withoutComponents(name: string, count: number): string | undefined {
  let rest = name
  for (let i = 0; i < count; i++) {
    const slash = rest.search(/\/+/)
    if (slash < 0) return undefined
    rest = rest.slice(slash).replace(/^\/+/, '')
  }
  return rest === '' ? undefined : rest
}

/** Whether an operand means a member: itself, or a directory above it. */
export function selects(operand: string, member: string, wildcards: boolean): boolean {
  const wanted = operand.replace(/(?<=.)\/+$/, '')
  const name = member.replace(/\/+$/, '')
  if (name === wanted || name.startsWith(`${wanted}/`)) return true
  if (!wildcards) return false
  const expression = globExpression(wanted)
  return leading(name).some((part) => expression.test(part))
}

/** Models GNU's exclusion: a pattern fits a name or its end, and all that lies below it. */
export function isExcluded(patterns: readonly string[], member: string): boolean {
  const name = member.replace(/\/+$/, '')
  return patterns.some((pattern) => {
    const expression = globExpression(pattern.replace(/(?<=.)\/+$/, ''))
    return trailing(name).some((end) => leading(end).some((part) => expression.test(part)))
  })
}

function leading(name: string): string[] {
  const parts = name.split('/')
  return parts.map((_, i) => parts.slice(0, i + 1).join('/'))
}

function trailing(name: string): string[] {
  const parts = name.split('/')
  return parts.map((_, i) => parts.slice(i).join('/'))
}
