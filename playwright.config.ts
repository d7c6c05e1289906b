import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from '@playwright/test'

// Journeys against the production server, once in each language. `npm test` sets port and folder.

const port = Number(process.env.GRACE_E2E_PORT ?? 3210)
const dataDirectory = process.env.GRACE_E2E_DATA ?? join(tmpdir(), `grace-e2e-${port}`)
const executablePath = process.env.GRACE_CHROMIUM ?? '/usr/bin/chromium'
const isDownloaded = process.env.GRACE_E2E_PORT !== undefined && !process.env.GRACE_CHROMIUM

export default defineConfig({
  testDir: 'e2e',
  // Pictures are taken by hand; see CONTRIBUTING.md.
  testIgnore: process.env.GRACE_PICTURES ? [] : ['**/pictures.spec.ts'],
  outputDir: 'test-results',
  fullyParallel: true,
  // Two cores: one for the server, one for the browser, with a little overlap.
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    viewport: { width: 1280, height: 800 },
    actionTimeout: 20_000,
    // Traces would take a third of the time; `--trace on` makes one of a journey looked into.
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(isDownloaded ? {} : { executablePath }),
      // A container's root has no sandbox; nothing is fetched behind the tests' back.
      args: [
        '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
        '--disable-background-networking', '--disable-component-update', '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'zh', use: { locale: 'zh-CN' } },
    { name: 'en', use: { locale: 'en-US' } },
  ],
  webServer: {
    command: 'node --import tsx server/main.ts',
    url: `http://127.0.0.1:${port}/api/health`,
    env: { PORT: String(port), HOST: '127.0.0.1', GRACE_DATA_DIR: dataDirectory },
    reuseExistingServer: false,
    timeout: 60_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
    stdout: 'pipe',
  },
})
