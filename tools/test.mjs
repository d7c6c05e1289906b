// Everything that proves the project: checks, tests, and journeys in a browser against the
// production server. The last line is `N passed, N failed`.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findBrowser, howToInstall } from './browser.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const work = mkdtempSync(join(tmpdir(), 'grace-run-'))
const results = []

function run(args, env = {}) {
  const result = spawnSync(process.execPath, args, {
    cwd: root, stdio: 'inherit',
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', CHECKPOINT_DISABLE: '1', ...env },
  })
  return result.status === 0
}

/** A part of the run: `work` gives how many cases passed and failed. */
async function part(name, work) {
  console.log(`\n── ${name}`)
  const started = Date.now()
  const counts = await work()
  const seconds = ((Date.now() - started) / 1000).toFixed(1)
  results.push({ name, seconds, ...counts })
  console.log(`── ${name}: ${said(counts)} (${seconds} s)`)
}

function said({ passed, failed }) {
  return `${passed} passed, ${failed} failed`
}

/** A check is one case. */
function check(ok) {
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 }
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/** What a tool counted. One that failed without a failed case has failed as a whole. */
function counted(ok, passed, failed) {
  return { passed, failed: failed + (!ok && failed === 0 ? 1 : 0) }
}

function unitTests() {
  const report = join(work, 'vitest.json')
  const ok = run([
    'node_modules/vitest/vitest.mjs', 'run', '--reporter=dot', '--reporter=json',
    `--outputFile.json=${report}`,
  ])
  const { numPassedTests = 0, numFailedTests = 0, testResults = [] } = readReport(report) ?? {}
  const unloaded = testResults.filter((file) =>
    file.status === 'failed' && file.assertionResults.every((one) => one.status !== 'failed'))
  return counted(ok, numPassedTests, numFailedTests + unloaded.length)
}

async function journeys(browser) {
  const report = join(work, 'playwright.json')
  const ok = run(['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    GRACE_E2E_PORT: String(await freePort()),
    GRACE_E2E_DATA: join(work, 'data'),
    ...(browser.executable ? { GRACE_CHROMIUM: browser.executable } : {}),
  })
  const { expected = 0, flaky = 0, unexpected = 0 } = readReport(report)?.stats ?? {}
  return counted(ok, expected + flaky, unexpected)
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

await part('types', () => check(run(['node_modules/typescript/bin/tsc', '--noEmit'])))
await part('types of the pure simulator', () =>
  check(run(['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'simulator'])))
await part('lint', () => check(run(['node_modules/eslint/bin/eslint.js', '.'])))
await part('tidy, unit, transcripts, recordings, content, server', unitTests)

let isBuilt = false
await part('production build', () => check(isBuilt = run(['tools/setup.mjs', '--build'])))
const browser = isBuilt ? findBrowser(root) : undefined
if (browser) await part('journeys in a browser', () => journeys(browser))
else results.push({ name: `journeys in a browser: NOT RUN`, seconds: '0', passed: 0, failed: 1 })
if (isBuilt && !browser) console.log(howToInstall)

rmSync(work, { recursive: true, force: true })
console.log('\nSummary')
for (const result of results) console.log(`  ${result.name}: ${said(result)} (${result.seconds} s)`)
const total = results.reduce(
  (sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }),
  { passed: 0, failed: 0 })
process.exitCode = total.failed > 0 ? 1 : 0
console.log(said(total))
