import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { StartError } from '../env.ts'
import { identify, type Identity } from './native.ts'

export interface EmbeddedDatabase {
  /** Address of the database `grace`. */
  readonly url: string
  /** Address of the maintenance database, for tests that make databases of their own. */
  readonly adminUrl: string
  stop(): void
}

/** The postmaster may need this long to replay its log after a crash. */
const startSeconds = 60
/** After a kill -9 of the postmaster its old workers need a moment to notice and go. */
const startAttempts = 30
const attemptMillis = 200

/** Starts the PostgreSQL that keeps its files in `wanted`, or joins the one that already runs. */
export async function startEmbedded(wanted: string): Promise<EmbeddedDatabase> {
  const identity = identify(path.resolve(wanted))
  if (!fs.existsSync(path.join(identity.dataDirectory, 'PG_VERSION'))) create(identity)
  checkVersion(identity)
  const socketDirectory = prepareSocketDirectory(identity)
  const address = (name: string) =>
    `postgresql://grace@localhost/${name}?host=${encodeURIComponent(socketDirectory)}`
  const stop = () => {
    identity.run('pg_ctl', ['-D', identity.dataDirectory, '-w', '-s', '-m', 'fast', 'stop'])
  }
  dropStaleLock(identity.dataDirectory)
  // One that runs but does not answer has lost its socket (a cleaned temporary folder).
  if (isRunning(identity) && !(await answers(address('postgres')))) stop()
  if (!isRunning(identity)) await start(identity, socketDirectory)
  await createDatabase(address('postgres'))
  return {
    url: address('grace'),
    adminUrl: address('postgres'),
    stop,
  }
}

/** A half-made cluster never gets the final name, so a kill in between leaves nothing broken. */
function create(identity: Identity): void {
  const data = identity.dataDirectory
  fs.mkdirSync(path.dirname(data), { recursive: true })
  for (const name of fs.readdirSync(path.dirname(data))) {
    if (name.startsWith(`${path.basename(data)}.new-`)) {
      fs.rmSync(path.join(path.dirname(data), name), { recursive: true, force: true })
    }
  }
  const half = `${data}.new-${process.pid}`
  const made = identity.run('initdb', [
    '-D',
    half,
    '-U',
    'grace',
    '--auth=trust',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
    '--no-instructions',
  ])
  if (made.status !== 0)
    throw explain('The database could not be created', made.stderr || String(made.error))
  fs.renameSync(half, data)
}

function checkVersion(identity: Identity): void {
  const found = fs.readFileSync(path.join(identity.dataDirectory, 'PG_VERSION'), 'utf8').trim()
  const ours = /(\d+)/.exec(identity.run('postgres', ['--version']).stdout ?? '')?.[1]
  if (!ours) {
    const why = identity.run('postgres', ['--version'])
    throw explain('The embedded PostgreSQL does not run here', why.stderr || String(why.error))
  }
  if (found === ours) return
  throw new StartError(
    `${identity.dataDirectory} was written by PostgreSQL ${found}; this Grace brings ${ours}.\n`
    + 'Nothing was changed. Set GRACE_DATA_DIR to another folder to begin with an empty database, '
    + `or move the data over with pg_dump of version ${found} and set DATABASE_URL.`)
}

/** A socket's path may hold 107 bytes, so it cannot live under the project. */
function prepareSocketDirectory(identity: Identity): string {
  const name = createHash('sha256').update(identity.dataDirectory).digest('hex').slice(0, 12)
  const directory = path.join(os.tmpdir(), `grace-${process.getuid?.() ?? 0}-${name}`)
  fs.mkdirSync(directory, { recursive: true, mode: 0o700 })
  const wantedOwner = identity.owner?.uid ?? process.getuid?.()
  if (identity.owner) fs.chownSync(directory, identity.owner.uid, identity.owner.gid)
  const stat = fs.lstatSync(directory)
  if (!stat.isDirectory() || (wantedOwner !== undefined && stat.uid !== wantedOwner)) {
    throw new StartError(`${directory} belongs to somebody else; remove it and start again.`)
  }
  return directory
}

function isRunning(identity: Identity): boolean {
  return identity.run('pg_ctl', ['-D', identity.dataDirectory, 'status']).status === 0
}

async function start(identity: Identity, socketDirectory: string): Promise<void> {
  const data = identity.dataDirectory
  const log = path.join(data, 'server.log')
  const settings = [
    `-k ${socketDirectory}`, "-c listen_addresses=''", '-c timezone=UTC', '-c shared_buffers=64MB',
    '-c max_connections=60',
  ].join(' ')
  for (let attempt = 1; ; attempt++) {
    fs.rmSync(log, { force: true })
    dropStaleLock(data)
    const args = [
      '-D',
      data,
      '-w',
      '-t',
      String(startSeconds),
      '-s',
      '-l',
      log,
      '-o',
      settings,
      'start',
    ]
    if (identity.run('pg_ctl', args, false).status === 0) return
    const said = fs.existsSync(log) ? fs.readFileSync(log, 'utf8') : ''
    if (
      attempt >= startAttempts
      || /No space left|incompatible|FATAL: {2}data directory/.test(said)
    ) {
      throw explain('The database did not start', said)
    }
    await new Promise((resolve) => setTimeout(resolve, attemptMillis))
  }
}

/**
 * PostgreSQL removes a dead postmaster's lock by itself, except where its number now belongs to
 * another living process (after a restart of the machine or container). That one must not be taken
 * for the database, still less be stopped as it.
 */
function dropStaleLock(data: string): void {
  const lock = path.join(data, 'postmaster.pid')
  if (!fs.existsSync(lock) || process.platform === 'win32') return
  const pid = Number(fs.readFileSync(lock, 'utf8').split('\n')[0])
  const command = pid > 0 ? commandLine(pid) : ''
  const isOurs = command.includes('postgres') && command.includes(data)
  if (!isOurs) fs.rmSync(lock, { force: true })
}

function commandLine(pid: number): string {
  if (process.platform !== 'linux') {
    return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? ''
  }
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

function explain(what: string, said: string): StartError {
  if (/No space left|ENOSPC/.test(said)) {
    return new StartError(
      `${what}: the disk is full. Free some space and start again; nothing is lost.`,
    )
  }
  const lines = said.trim().split('\n').slice(-8).join('\n')
  return new StartError(`${what}. PostgreSQL says:\n${lines || '(nothing)'}`)
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 })
  try {
    await client.connect()
    return true
  } catch (error) {
    // Starting up or shutting down is an answer too.
    return error instanceof Error && 'code' in error && error.code === '57P03'
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function createDatabase(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    const { rowCount } = await client.query(`SELECT 1 FROM pg_database WHERE datname = 'grace'`)
    if (!rowCount) await client.query('CREATE DATABASE grace')
  } finally {
    await client.end()
  }
}
