// Brings a fresh clone to where it can run: packages, database client, simulator bundle and, with
// --build, the production pages. Uses only what Node has built in, and does no work twice.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { hashOf } from './fingerprint.mjs'
import { withLock } from './lock.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const stamps = join(root, '.stamps')
const quiet = process.argv.includes('--quiet')

/** Everything the production pages are made of. */
const pageSources = [
  'app', 'components', 'content', 'server', 'simulator', 'public', 'prisma/schema.prisma',
  'proxy.ts', 'next.config.ts', 'tsconfig.json', 'tsconfig.base.json', 'package-lock.json',
]

function fail(message) {
  console.error(`\nSet-up stopped: ${message}`)
  process.exit(1)
}

function run(what, command, args, env = {}) {
  if (!quiet) console.log(`→ ${what} …`)
  const started = Date.now()
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: quiet ? ['ignore', 'ignore', 'inherit'] : ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, CHECKPOINT_DISABLE: '1', NEXT_TELEMETRY_DISABLED: '1', ...env },
    shell: process.platform === 'win32' && command === 'npm',
  })
  if (result.error) fail(`${what}: ${result.error.message}`)
  if (result.status !== 0) fail(`${what} did not succeed; its message stands above.`)
  if (!quiet) console.log(`  done in ${((Date.now() - started) / 1000).toFixed(1)} s`)
}

/** Stamps live outside node_modules, which `npm ci` deletes. */
function once(name, key, present, work) {
  const stamp = join(stamps, name)
  if (present() && existsSync(stamp) && readFileSync(stamp, 'utf8') === key) return
  work()
  mkdirSync(stamps, { recursive: true })
  writeFileSync(stamp, key)
}

function has(path) {
  return existsSync(join(root, path))
}

/** True when node_modules holds what the lockfile says; npm writes its own list last of all. */
function packagesInstalled() {
  if (!has('node_modules/.package-lock.json')) return false
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const found = JSON.parse(
    readFileSync(join(root, 'node_modules/.package-lock.json'), 'utf8'),
  ).packages
  return Object.entries(wanted).every(([path, entry]) =>
    path === '' || entry.optional || entry.devOptional || found[path]?.version === entry.version)
}

function installPackages() {
  run('Installing packages', 'npm', ['ci', '--include=dev', '--no-audit', '--no-fund'],
    { NODE_ENV: 'development', npm_config_loglevel: 'warn' })
}

function generateDatabaseClient() {
  const key = hashOf(root, ['prisma/schema.prisma', 'prisma.config.ts', 'package-lock.json'])
  once('prisma', key, () => has('generated/prisma/client.ts'), () =>
    run('Generating the database client', process.execPath,
      ['node_modules/prisma/build/index.js', 'generate']))
}

async function bundleSimulator() {
  const { bundleSimulator: bundle } = await import(
    pathToFileURL(join(root, 'tools/bundle-simulator.mjs')).href)
  const { hash, isNew } = await bundle(root)
  if (isNew && !quiet) console.log(`→ Simulator bundled: ${hash.slice(0, 12)}`)
}

/** What the page /fidelity shows: every recording's scenario, run again and compared. */
function compareWithRecordings() {
  const key = hashOf(root, ['simulator', 'tools/recordings', 'tools/fidelity', 'tools/fidelity.ts'])
  once('fidelity', key, () => has('generated/fidelity.json'), () =>
    run('Comparing with the recordings of a real cluster (once)', process.execPath,
      ['--import', 'tsx', 'tools/fidelity.ts']))
}

function buildPages() {
  once('build', hashOf(root, pageSources) + process.version, () => has('.next/BUILD_ID'), () => {
    rmSync(join(root, '.next/BUILD_ID'), { force: true })
    run('Building the pages (about a minute, once)', process.execPath,
      ['node_modules/next/dist/bin/next', 'build'], { NODE_ENV: 'production' })
  })
}

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  fail(`Node ${process.versions.node} is too old; Grace needs 20.19 or newer.`)
}

try {
  await withLock(join(stamps, 'lock'), async () => {
    if (!packagesInstalled()) installPackages()
    generateDatabaseClient()
    await bundleSimulator()
    if (process.argv.includes('--build')) {
      compareWithRecordings()
      buildPages()
    }
  })
} catch (error) {
  if (error?.code === 'ENOSPC') fail('the disk is full. Free some space and start again.')
  if (error?.code === 'EACCES' || error?.code === 'EROFS') fail(`cannot write here: ${error.path}`)
  fail(error?.message ?? String(error))
}
