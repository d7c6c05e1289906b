// Proves that the lockfile serves every platform and names no registry. Silent if all is well.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What is wrong with a lockfile's text, a sentence each. */
export function lockfileFaults(text) {
  const packages = JSON.parse(text).packages
  const names = new Set(Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, '')))
  const faults = []
  for (const [path, entry] of Object.entries(packages)) {
    for (const wanted of Object.keys(entry.optionalDependencies ?? {})) {
      if (!names.has(wanted)) faults.push(`missing ${wanted}, optional in ${path || 'the project'}`)
    }
    if (entry.resolved?.startsWith('http')) faults.push(`registry address in ${path}`)
  }
  return faults
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = dirname(dirname(fileURLToPath(import.meta.url)))
  const faults = lockfileFaults(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  for (const fault of faults) console.error(fault)
  process.exit(faults.length ? 1 : 0)
}
