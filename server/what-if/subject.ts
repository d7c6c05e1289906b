import type { LabStart } from '../../simulator/lab-types.ts'
import { textHash } from '../../simulator/hash.ts'
import type { Entry } from '../../simulator/trace/entries.ts'
import type { Lesson } from '../grading/lesson.ts'
import { axesOf } from './axes.ts'
import type { CellRecipe } from './cell.ts'
import {
  podIn, textWith, variedManifest, writtenManifest, type VariedManifest,
} from './manifest.ts'
import { deleteFlags, flagValue, shutdownsIn, traced, type Traced } from './shutdowns.ts'
import {
  knobs, type ChosenShutdown, type Knob, type KnobState, type NoSubject, type Settings,
} from './types.ts'

/** What a lab knows of itself. */
export interface LabSource {
  readonly start: LabStart
  readonly entries: readonly Entry[]
  /** Texts by path: the lab's files as they are now. */
  readonly files: Readonly<Record<string, string>>
  readonly lesson: Lesson | undefined
}

/** A shutdown that can be played again with other settings. */
export interface Subject {
  readonly shown: ChosenShutdown
  readonly recipe: (settings: Settings) => CellRecipe
}

/** The shutdown with this uid; without one the last. */
export function subjectOf(lab: LabSource, podUid: string | undefined): Subject | NoSubject {
  const shutdowns = shutdownsIn(lab.entries)
  const shutdown = podUid === undefined
    ? shutdowns.at(-1) : shutdowns.find((one) => one.podUid === podUid)
  if (!shutdown) return podUid === undefined ? 'no-shutdown' : 'not-found'
  const told = traced(lab.entries, shutdown)
  if (!told) return 'not-found'
  const flags = deleteFlags(told.deleteWords)
  if (flags.isForced) return 'forced'
  const file = fileOf(lab, told)
  if (!file) return 'no-manifest'
  return assemble(lab, told, file, flags)
}

interface ManifestFile {
  readonly path: string
  readonly manifest: VariedManifest
  readonly appScript: string | null
}

function assemble(
  { start }: LabSource, { shutdown }: Traced, { path, manifest, appScript }: ManifestFile,
  flags: ReturnType<typeof deleteFlags>,
): Subject {
  const { pod, namespace } = shutdown
  const isHome = namespace === (start.namespace ?? 'default')
  const where = isHome ? '' : ` -n ${namespace}`
  const deleteLine = (graceSeconds: number | null): string => [
    `kubectl delete pod ${pod}${where}`,
    ...(graceSeconds === null ? [] : [`--grace-period=${graceSeconds}`]), ...flags.kept,
  ].join(' ')
  const applyLines = [
    ...(isHome ? [] : [`kubectl create namespace ${namespace}`]),
    `kubectl apply${where} -f ${quoted(path)}`,
  ]
  const byFlag = flags.graceSeconds !== null
  const recipe = (settings: Settings): CellRecipe => {
    const inFile = byFlag ? { ...settings, grace: null } : settings
    const files = { ...start.files, [path]: textWith(manifest, inFile) }
    const graceSeconds = byFlag ? settings.grace ?? flags.graceSeconds : null
    return {
      start: { ...start, files }, applyLines, deleteLine: deleteLine(graceSeconds), namespace, pod,
    }
  }
  const shown = {
    ...shutdown, file: path, command: deleteLine(flags.graceSeconds),
    knobs: knobStates(manifest, flags.graceSeconds), ownScript: manifest.ownScript,
    appScript,
  }
  return { shown, recipe }
}

function knobStates(
  { places }: VariedManifest, flagSeconds: number | null,
): Readonly<Record<Knob, KnobState>> {
  const own = (knob: Knob): number | null => {
    const place = places[knob]
    if (knob === 'grace' && flagSeconds !== null) return flagSeconds
    return typeof place === 'string' ? null : place.own
  }
  const axes = axesOf({ grace: own('grace'), hook: own('hook'), app: own('app') })
  const state = (knob: Knob): KnobState => {
    const place = places[knob]
    const isFlag = knob === 'grace' && flagSeconds !== null
    if (typeof place === 'string' && !isFlag) return { can: false, own: own(knob), why: place }
    const { values, ...range } = axes[knob]
    const line = isFlag || typeof place === 'string' ? null : place.line
    return { can: true, own: own(knob), ...range, axis: values, line }
  }
  const [grace, hook, app] = knobs.map(state)
  return { grace: grace!, hook: hook!, app: app! }
}

/**
 * The file that the pod came from, if one with the applied text is still there; else the manifest
 * as `kubectl apply` noted it in the pod, written anew.
 */
function fileOf(lab: LabSource, told: Traced): ManifestFile | undefined {
  const { pod } = told.shutdown
  const app = lab.lesson?.whatIf?.app.find((line) => line.pod === pod)
  const applied = lastApplied(told.object)
  const appScript = app?.script ?? null
  const named = (told.source?.path ?? flagValue(told.createWords ?? [], '--filename', '-f') ?? '')
    .replace(/^(\.\/|~\/|\/home\/learner\/)+/, '')
  for (const texts of [lab.files, lab.start.files]) {
    const text = texts[named]
    if (text === undefined || !isApplied(text, told, applied)) continue
    const manifest = variedManifest(text, pod, app)
    if (manifest) return { path: named, manifest, appScript }
  }
  if (!applied) return undefined
  const manifest = variedManifest(writtenManifest(applied), pod, app)
  const path = /^(?!\.)[\w.-]+\.(ya?ml|json)$/.test(named) ? named : `${pod}.yaml`
  return manifest && { path, manifest, appScript }
}

/** Whether this text is what the API server was given. */
function isApplied(text: string, told: Traced, applied: object | undefined): boolean {
  if (told.source) return told.source.hash === textHash(text)
  if (!applied) return false
  const inFile = podIn(text, told.shutdown.pod)?.spec
  return inFile !== undefined && sameJson(inFile, Reflect.get(applied, 'spec'))
}

function sameJson(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return one === other
  const keys = Object.keys(one)
  return keys.length === Object.keys(other).length
    && keys.every((key) => sameJson(Reflect.get(one, key), Reflect.get(other, key)))
}

const annotation = 'kubectl.kubernetes.io/last-applied-configuration'

/** Parse boundary: an object of the API, and the JSON in its annotation. */
function lastApplied(object: unknown): object | undefined {
  const { metadata } = (object ?? {}) as {
    metadata?: { annotations?: Readonly<Record<string, string>> }
  }
  const text = metadata?.annotations?.[annotation]
  if (text === undefined) return undefined
  const value: unknown = JSON.parse(text)
  if (typeof value !== 'object' || value === null) return undefined
  const { metadata: own, ...rest } = value as { metadata?: { annotations?: object } }
  const { annotations, ...named } = own ?? {}
  const isBare = !annotations || Object.keys(annotations).length === 0
  return { ...rest, metadata: isBare ? named : own }
}

function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`
}
