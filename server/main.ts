import { join } from 'node:path'
import { Identities } from './accounts/identities.ts'
import { claimDatabase } from './database/exclusive.ts'
import { connectDatabase, type Database } from './database/connect.ts'
import { startEmbedded } from './database/embedded.ts'
import { readEnv, StartError, withEnvFile, type Env } from './env.ts'
import { Branches } from './labs/branches.ts'
import { History } from './labs/history.ts'
import { Host } from './labs/host.ts'
import { Pasts } from './labs/past.ts'
import { Shares } from './labs/shares.ts'
import { BundledSimulators } from './labs/simulators.ts'
import { LabSockets } from './labs/sockets.ts'
import { LabStore } from './labs/store.ts'
import { loadSecret } from './secret.ts'
import { provideServices } from './services.ts'
import { Site } from './site.ts'
import { beginWhatIf } from './what-if/begin.ts'

// The process: database, labs, pages and sockets, started in this order and stopped in reverse.

const isDevelopment = process.argv.includes('--dev')
process.env.CHECKPOINT_DISABLE = '1'
process.env.NEXT_TELEMETRY_DISABLED = '1'

/** What must be undone, last first. */
const undo: (() => void | Promise<void>)[] = []
let stopping: Promise<void> | undefined

function stop(code: number): Promise<void> {
  stopping ??= (async () => {
    // A stop that hangs must not keep the terminal.
    setTimeout(() => process.exit(code || 1), 15_000).unref()
    for (const step of undo.reverse()) {
      await Promise.resolve(step()).catch((error: unknown) => console.error(String(error)))
    }
    process.exit(code)
  })()
  return stopping
}

async function openDatabase(env: Env): Promise<Database> {
  const url = env.databaseUrl ?? await embedded(env)
  // Migrations first: they have a lock of their own, and an unreachable database its clear message.
  const database = await connectDatabase(url)
  undo.push(() => database.$disconnect())
  undo.push(await claimDatabase(url, () => void claimAgain(url)))
  return database
}

async function embedded(env: Env): Promise<string> {
  const started = await startEmbedded(join(env.dataDirectory, 'postgres'))
  // Stopped only by the server that claims it: a second one that starts by mistake leaves it alone.
  embeddedDatabase = started
  return started.url
}

let embeddedDatabase: { stop(): void } | undefined

/** The database was restarted, or the line to it broke: go on only as its one server. */
async function claimAgain(url: string): Promise<void> {
  while (!stopping) {
    try {
      undo.push(await claimDatabase(url, () => void claimAgain(url)))
      return
    } catch (error) {
      if (error instanceof StartError) {
        console.error(error.message)
        return stop(1)
      }
      await new Promise((resolve) => setTimeout(resolve, 1000))
    }
  }
}

async function start(): Promise<void> {
  const env = readEnv(withEnvFile(process.env))
  const site = new Site(env, isDevelopment)
  await site.listen()
  undo.push(() => site.close())
  const pages = site.prepare()
  const database = await openDatabase(env)
  if (embeddedDatabase) undo.unshift(() => embeddedDatabase?.stop())
  const identities = new Identities(loadSecret(env.dataDirectory))
  const simulators = await BundledSimulators.open(database, env.dataDirectory)
  const host = new Host({ database, simulators })
  undo.push(() => host.stop())
  const labs = new LabStore(database, () => simulators.current, () => Date.now())
  const branches = new Branches(database, host, labs)
  const pasts = new Pasts(simulators)
  undo.push(() => pasts.close())
  const history = new History(database, host, branches, pasts)
  const shares = new Shares(database, host, branches, pasts)
  const whatIf = beginWhatIf({ database, host, branches, simulators })
  undo.push(() => whatIf.close())
  const sockets = new LabSockets(host, labs, identities)
  undo.push(() => sockets.close())
  provideServices({ database, host, labs, branches, history, shares, whatIf, identities })
  await pages
  site.open(sockets)
  console.log(`Grace is ready: ${site.address}`)
}

process.on('SIGINT', () => void stop(0))
process.on('SIGTERM', () => void stop(0))
process.on('unhandledRejection', (error) => console.error('unhandled:', error))

start().catch((error: unknown) => {
  console.error(error instanceof StartError ? `\n${error.message}\n` : error)
  void stop(1)
})
