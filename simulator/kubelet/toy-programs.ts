import type { Program } from '../kernel/types.ts'

// Programs of the testbed's image: each does one thing that a container of a lesson does.

/** Ignores every signal it may, as `sleep` does as PID 1. */
const waits: Program = function* (process) {
  for (;;) yield* process.suspend({})
}

/** `exits SECONDS [CODE]`. */
const exits: Program = function* (process) {
  yield* process.sleep(Number(process.argv[1]) * 1000)
  return Number(process.argv[2] ?? 0)
}

/** `traps [SECONDS]`: needs that long after SIGTERM, then exits 0. */
const traps: Program = function* (process) {
  process.setDisposition('TERM', 'catch')
  while (process.takeSignal() !== 'TERM') yield* process.suspend({})
  yield* process.sleep(Number(process.argv[1] ?? 0) * 1000)
  return 0
}

/** `has FILE`. */
const has: Program = function* (process) {
  return process.files.exists(process.argv[1] ?? '') ? 0 : 1
}

/** `holds FILE SECONDS`: the file exists that long. */
const holds: Program = function* (process) {
  const [, file = '/x', seconds] = process.argv
  process.files.writeFile(file, '')
  yield* process.sleep(Number(seconds) * 1000)
  process.files.remove(file)
  for (;;) yield* process.suspend({})
}

/** `prints TEXT`, and goes on. */
const prints: Program = function* (process) {
  yield* process.write(1, `${process.argv[1]}\n`)
  for (;;) yield* process.suspend({})
}

/** `leaves CHARS`: a termination message `^xxx….` that long; fails. */
const leaves: Program = function* (process) {
  const message = `^${'x'.repeat(Number(process.argv[1]) - 2)}.`
  process.files.writeFile('/dev/termination-log', message)
  return 1
}

/** Answers each line of its input until one says `end`. */
const echoes: Program = function* (process) {
  for (;;) {
    const line = yield* process.readLine(0)
    if (line === undefined || line === '' || line === 'end\n') return 0
    yield* process.write(1, `got ${line}`)
  }
}

export const toyPrograms: Readonly<Record<string, Program>> = {
  waits, exits, traps, has, holds, prints, leaves, echoes,
}
