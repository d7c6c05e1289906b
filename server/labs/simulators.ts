import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import type { LabFace, LabStart } from '../../simulator/lab-types.ts'
import type { Entry } from '../../simulator/trace/entries.ts'
import type { Database } from '../database/connect.ts'
import { StartError } from '../env.ts'

/** A lab as its bundle makes it: the face, and the trace to read. */
export interface SimulatedLab extends LabFace {
  readonly trace: {
    readonly entries: readonly Entry[]
    subscribe(reader: (entry: Entry) => void): () => void
  }
}

/** Bundles kept from before there was `look` are labs without it. */
type AnyLab = Omit<SimulatedLab, 'look'> & Partial<Pick<SimulatedLab, 'look'>>

/** A lab that cannot be looked at shows nothing, which is not "No resources found". */
const nothingToSee = { pods: '', events: '', each: [] }

function withLook(lab: AnyLab): SimulatedLab {
  const look = lab.look?.bind(lab) ?? (() => nothingToSee)
  return Object.assign(lab, { look })
}

export type NewLab = (start: LabStart) => SimulatedLab

/** What the host needs of this room; tests bring a lab of their own. */
export interface Simulators {
  /** Version with which new labs begin. */
  readonly current: string
  load(version: string): Promise<NewLab>
}

const currentSchema = z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/) })

/** Every version of the simulator that labs stand on, from the database, each loaded once. */
export class BundledSimulators implements Simulators {
  private readonly loaded = new Map<string, Promise<NewLab>>()

  private constructor(
    private readonly database: Database,
    private readonly directory: string,
    readonly current: string,
  ) {}

  /** Keeps the bundle that set-up has built, and loads it. */
  static async open(
    database: Database, dataDirectory: string, built = 'generated/simulator',
  ): Promise<BundledSimulators> {
    const pointer = join(built, 'current.json')
    if (!existsSync(pointer))
      throw new StartError('The simulator is not built; run `node tools/setup.mjs`.')
    const { hash } = currentSchema.parse(JSON.parse(readFileSync(pointer, 'utf8')))
    const code = readFileSync(join(built, `${hash}.mjs`), 'utf8')
    await database.simulatorBundle.createMany({ data: [{ hash, code }], skipDuplicates: true })
    const simulators = new BundledSimulators(database, join(dataDirectory, 'bundles'), hash)
    await simulators.load(hash)
    return simulators
  }

  load(version: string): Promise<NewLab> {
    const known = this.loaded.get(version)
    if (known) return known
    const loading = this.import(version)
    this.loaded.set(version, loading)
    loading.catch(() => this.loaded.delete(version))
    return loading
  }

  /** The bundle as a file, for threads that load it themselves. */
  async fileOf(version: string): Promise<string> {
    const path = resolve(this.directory, `${version}.mjs`)
    if (!existsSync(path) || hashOf(readFileSync(path, 'utf8')) !== version)
      await this.fetch(version, path)
    return path
  }

  private async import(version: string): Promise<NewLab> {
    const path = await this.fileOf(version)
    // Parse boundary: a bundle that carries this hash was built from our simulator/lab.ts.
    const { Lab } = (await import(/* webpackIgnore: true */ pathToFileURL(path).href)) as {
      Lab: new (start: LabStart) => AnyLab
    }
    return (start) => withLook(new Lab(start))
  }

  private async fetch(version: string, path: string): Promise<void> {
    const bundle = await this.database.simulatorBundle.findUnique({ where: { hash: version } })
    if (!bundle) throw new Error(`simulator ${version} is not in the database`)
    if (hashOf(bundle.code) !== version) throw new Error(`simulator ${version} is damaged`)
    mkdirSync(this.directory, { recursive: true })
    writeFileSync(`${path}.${process.pid}`, bundle.code)
    renameSync(`${path}.${process.pid}`, path)
  }
}

function hashOf(code: string): string {
  return createHash('sha256').update(code).digest('hex')
}
