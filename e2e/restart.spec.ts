import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'

// A server of its own, to be killed: what a learner has done must be there again.

test.skip(({ locale }) => locale !== 'en-US', 'one language is enough for a kill')

let server: ChildProcess | undefined
const directory = mkdtempSync(join(tmpdir(), 'grace-restart-'))

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => {
        if (typeof address === 'object' && address) resolve(address.port)
        else reject(new Error('no port'))
      })
    })
  })
}

async function start(port: number): Promise<void> {
  server = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, PORT: String(port), HOST: '127.0.0.1', GRACE_DATA_DIR: directory },
  })
  const { stdout } = server
  await new Promise<void>((resolve) => stdout?.on('data', (text) => {
    if (String(text).includes('ready')) resolve()
  }))
}

async function stop(signal: NodeJS.Signals): Promise<void> {
  const ended = new Promise((resolve) => server?.once('exit', resolve))
  server?.kill(signal)
  await ended
}

test.afterAll(async () => {
  if (server?.exitCode === null && server.signalCode === null) await stop('SIGTERM')
  rmSync(directory, { recursive: true, force: true })
})

test('a killed server and a killed database lose nothing that was on the screen', async ({
  page,
}) => {
  const port = await freePort()
  await start(port)
  await page.goto(`http://127.0.0.1:${port}/en/lessons/lifecycle-demo`)
  const rows = page.locator('.xterm-rows').first()
  await expect(rows).toContainText('$')
  await page.locator('.xterm-helper-textarea').first().focus()
  await page.keyboard.type('echo kept-$((6*7)) > note.txt; cat note.txt\n')
  await expect(rows).toContainText('kept-42')

  const postmaster = Number(
    readFileSync(join(directory, 'postgres/postmaster.pid'), 'utf8').split('\n')[0],
  )
  await stop('SIGKILL')
  process.kill(postmaster, 'SIGKILL')
  await start(port)
  await expect(rows).toContainText('kept-42')
  await page.keyboard.type('cat note.txt note.txt | wc -l\n')
  await expect(rows).toContainText(/\n?2/)
  await page.reload()
  await expect(page.locator('.xterm-rows').first()).toContainText('kept-42')
})
