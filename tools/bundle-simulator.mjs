import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { spreadSupport, withFastSpread } from './fast-spread.mjs'

/**
 * Bundles the pure simulator into one file named by its hash. The server keeps every bundle that
 * labs were made with, so that a lab always runs on the simulator that wrote it.
 */
export async function bundleSimulator(root) {
  const { build } = await import('esbuild')
  const result = await build({
    absWorkingDir: root,
    entryPoints: ['simulator/lab.ts'],
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    target: 'es2023',
    supported: spreadSupport,
    loader: { '.txt': 'text', '.sh': 'text' },
    legalComments: 'eof',
    charset: 'utf8',
    write: false,
    logLevel: 'silent',
  })
  const code = withFastSpread(result.outputFiles[0].text)
  const hash = createHash('sha256').update(code).digest('hex')
  const folder = join(root, 'generated/simulator')
  const current = join(folder, 'current.json')
  const known = existsSync(current) && JSON.parse(readFileSync(current, 'utf8')).hash === hash
  if (known && existsSync(join(folder, `${hash}.mjs`))) return { hash, isNew: false }
  mkdirSync(folder, { recursive: true })
  write(join(folder, `${hash}.mjs`), code)
  write(current, JSON.stringify({ hash }))
  return { hash, isNew: true }
}

/** A reader never sees half a file. */
function write(path, text) {
  writeFileSync(`${path}.${process.pid}`, text)
  renameSync(`${path}.${process.pid}`, path)
}
