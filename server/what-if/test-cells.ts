import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { Lab } from '../../simulator/lab.ts'
import type { Input, LabStart } from '../../simulator/lab-types.ts'
import { lessonSchema, type Lesson } from '../grading/lesson.ts'
import type { LabSource } from './subject.ts'

const lesson02 = new URL('../../content/lessons/02-prestop-grace/', import.meta.url)

export const graceLesson: Lesson =
  lessonSchema.parse(parse(readFileSync(new URL('lesson.yaml', lesson02), 'utf8')))

export const busybox = readFileSync(new URL('files/busybox.yaml', lesson02), 'utf8')

export function startWith(files: Readonly<Record<string, string>>, seed = 7): LabStart {
  return {
    kind: 'start', files, seed, startEpochMillis: Date.UTC(2026, 10, 21), simulatorVersion: 'test',
  }
}

/** A lab in which these lines were typed, each ten seconds after the other, and time to the end. */
export function typedLab(
  files: Readonly<Record<string, string>>, lines: readonly string[], seconds = 80,
): LabSource {
  const start = startWith(files)
  const lab = new Lab(start)
  const inputs: Input[] = [
    { seq: 1, atMillis: 0, body: { kind: 'tab-open', tab: '1', columns: 100, rows: 30 } },
    ...lines.map((line, at): Input => ({
      seq: at + 2, atMillis: 500 + at * 10_000, body: { kind: 'keys', tab: '1', text: `${line}\r` },
    })),
  ]
  for (const input of inputs) lab.apply(input)
  lab.advance(lines.length * 10_000 + seconds * 1_000)
  return {
    start, entries: lab.trace.entries, lesson: graceLesson,
    files: Object.fromEntries(lab.files().map(({ path, text }) => [path, text])),
  }
}

/** The second lesson's pod, applied and deleted. */
export function deletedLab(flags = '', text = busybox): LabSource {
  return typedLab({ 'busybox.yaml': text }, [
    'kubectl apply -f busybox.yaml', `kubectl delete pod busybox${flags}`,
  ])
}
