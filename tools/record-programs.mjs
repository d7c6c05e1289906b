// Asks the real programs of this machine what they answer to simulator/programs/testdata/cases.json
// and writes it beside. Needs Debian 12, and BUSYBOX=/path/to/busybox 1.35 (Debian's static one).
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const folder = path.join(import.meta.dirname, '../simulator/programs/testdata')
const cases = JSON.parse(fs.readFileSync(path.join(folder, 'cases.json'), 'utf8'))
const busybox = process.env.BUSYBOX
if (!busybox) throw new Error('BUSYBOX must name the busybox to ask')

const applets = fs.mkdtempSync(path.join(os.tmpdir(), 'applets-'))
for (const name of spawnSync(busybox, ['--list'], { encoding: 'utf8' }).stdout.trim().split('\n')) {
  fs.symlinkSync(busybox, path.join(applets, name))
}

const dialects = {
  gnu: {
    shell: 'bash',
    env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', HOME: '/root', TERM: 'xterm' },
  },
  busybox: { shell: path.join(applets, 'sh'), env: { PATH: applets, HOME: '/root' } },
}

function ask(line, { shell, env }) {
  const cwd = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'case-')), 'work')
  fs.mkdirSync(cwd)
  spawnSync('bash', ['-c', cases.setup], { cwd, env: { PATH: '/usr/bin:/bin' } })
  const ran = spawnSync(shell, ['-c', line], {
    cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 20_000,
  })
  fs.rmSync(path.dirname(cwd), { recursive: true })
  return { line, out: ran.stdout, err: ran.stderr, exit: ran.status }
}

for (const [name, dialect] of Object.entries(dialects)) {
  const answers = [...cases.both, ...cases[name]].map((line) => ask(line, dialect))
  fs.writeFileSync(path.join(folder, `${name}.json`), `${JSON.stringify(answers, null, 1)}\n`)
}
fs.rmSync(applets, { recursive: true })
