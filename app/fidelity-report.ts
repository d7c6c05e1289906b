import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { FidelityReport } from '../components/fidelity/report.ts'

const path = join(process.cwd(), 'generated/fidelity.json')

let cached: { readonly at: number; readonly report: FidelityReport } | undefined

/** What the last comparison found; null: none was made yet. */
export function fidelityReport(): FidelityReport | null {
  if (!existsSync(/* turbopackIgnore: true */ path)) return null
  const at = statSync(/* turbopackIgnore: true */ path).mtimeMs
  if (cached?.at !== at) {
    // Parse boundary: only tools/fidelity.ts writes this file.
    const text = readFileSync(/* turbopackIgnore: true */ path, 'utf8')
    cached = { at, report: JSON.parse(text) as FidelityReport }
  }
  return cached.report
}
