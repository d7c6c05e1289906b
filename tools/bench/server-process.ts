import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const startSeconds = 120

/** Runs `use` against the production server, on a database of its own that is then thrown away. */
export async function withServer(use: (origin: string) => Promise<void>): Promise<void> {
  const setup = spawnSync(process.execPath, ['tools/setup.mjs', '--build'], {
    cwd: root, stdio: 'inherit',
  })
  if (setup.status !== 0) throw new Error('the production build failed')
  const data = mkdtempSync(join(tmpdir(), 'grace-bench-'))
  const port = 20_000 + Math.floor(process.pid % 20_000)
  const server = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: root, stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, PORT: String(port), HOST: '127.0.0.1', GRACE_DATA_DIR: data },
  })
  try {
    const origin = `http://127.0.0.1:${port}`
    await answering(origin)
    await use(origin)
  } finally {
    const gone = new Promise((resolve) => server.once('exit', resolve))
    server.kill('SIGTERM')
    await gone
    rmSync(data, { recursive: true, force: true })
  }
}

async function answering(origin: string): Promise<void> {
  const limit = Date.now() + startSeconds * 1000
  while (Date.now() < limit) {
    try {
      if ((await fetch(`${origin}/api/health`)).ok) return
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`the server did not answer within ${startSeconds} s`)
}
