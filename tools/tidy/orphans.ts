import { isTest } from './rules.ts'
import type { Source } from './sources.ts'

/** Files that are begun by a tool, a framework or a person, and so need nobody to import them. */
const beginnings = [
  /^app\/.*\/(page|layout|route|error|not-found|loading|icon)\.tsx?$/,
  /^app\/(layout|not-found|global-error|icon|robots|sitemap|manifest)\.tsx?$/,
  /^(proxy|next\.config|prisma\.config|vitest\.config|playwright\.config)\.ts$/,
  /^eslint\.config\.mjs$/,
  /^tools\/[^/]+\.(ts|mjs)$/,
  /^server\/main\.ts$/,
  /^components\/i18n\/request\.ts$/,
  /^server\/database\/test-server\.ts$/,
  /^simulator\/lab\.ts$/,
  /\.worker\.ts$/,
]

/** Files that nothing reaches: dead, and a reader's time is lost on them. */
export function orphans(sources: readonly Source[]): string[] {
  const byPath = new Map(sources.map((source) => [source.path, source]))
  const reached = new Set<string>()
  const waiting = sources.map((source) => source.path)
    .filter((path) => isTest(path) || beginnings.some((pattern) => pattern.test(path)))
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue
    reached.add(path)
    for (const { path: to } of byPath.get(path)?.imports ?? []) {
      if (to !== undefined && byPath.has(to)) waiting.push(to)
    }
  }
  return sources.map((source) => source.path).filter((path) => !reached.has(path))
}
