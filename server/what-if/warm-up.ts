import type { LabStart } from '../../simulator/lab-types.ts'
import { serverLimits } from '../labs/limits.ts'
import type { LoadedLesson } from '../lessons.ts'
import { textWith, variedManifest } from './manifest.ts'
import type { CellPool, Job } from './pool.ts'

/**
 * Plays cells nobody asked for, so that the threads' code is compiled when somebody does: cold, a
 * cell takes several times as long. `signal` stops it at the first question.
 */
export async function warmUpCells(
  pool: CellPool, bundle: string, lessons: readonly LoadedLesson[], signal: AbortSignal,
): Promise<void> {
  const jobs = lessons.flatMap((lesson) => jobsOf(lesson, bundle))
  const many = Array.from({ length: serverLimits.warmUpCells }, (_, at) => jobs[at % jobs.length])
  await pool.play(many.flatMap((job) => job ?? []), () => undefined, signal)
}

/** A few settings of each pod whose app a lesson can vary. */
function jobsOf({ lesson, files }: LoadedLesson, bundle: string): Job[] {
  return (lesson.whatIf?.app ?? []).flatMap((app) =>
    Object.entries(files).flatMap(([path, text]) => {
      const manifest = variedManifest(text, app.pod, app)
      if (!manifest) return []
      return [null, 1, 20].map((seconds): Job => {
        const changed = textWith(manifest, { grace: 20, hook: null, app: seconds })
        return {
          bundle, withEntries: false,
          recipe: {
            start: startWith({ [path]: changed }), namespace: 'default', pod: app.pod,
            applyLines: [`kubectl apply -f ${path}`], deleteLine: `kubectl delete pod ${app.pod}`,
          },
        }
      })
    }))
}

function startWith(files: Readonly<Record<string, string>>): LabStart {
  return { kind: 'start', files, seed: 1, startEpochMillis: 0, simulatorVersion: '' }
}
