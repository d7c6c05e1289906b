import { exitCodeOf } from '../../simulator/kernel/signals.ts'
import { Lab } from '../../simulator/lab.ts'

// A transcript: commands in, exact output out.
//
//     # words for the reader
//     @file NAME … @end     a file of the home directory
//     @wait SECONDS         virtual time passes
//     @seed N
//     $ COMMAND             run in bash to its end; what follows is its output
//     ! N                   its exit code, if not 0

/** The transcript as it should read: the same commands, with what they print now. */
export function replay(transcript: string): string {
  const lines = transcript.split('\n')
  const files: Record<string, string> = {}
  const out: string[] = []
  let seed = 1
  let lab: Lab | undefined
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!
    if (line.startsWith('@file ')) {
      const end = lines.indexOf('@end', i)
      if (end < 0) throw new Error(`line ${i + 1}: @file without @end`)
      files[line.slice(6)] = `${lines.slice(i + 1, end).join('\n')}\n`
      out.push(...lines.slice(i, end + 1))
      i = end
    } else if (line.startsWith('@seed ')) {
      seed = Number(line.slice(6))
      out.push(line)
    } else if (line.startsWith('@wait ')) {
      lab ??= start(files, seed)
      lab.advance(lab.nowMillis + Number(line.slice(6)) * 1000)
      out.push(line)
    } else if (line.startsWith('$ ')) {
      lab ??= start(files, seed)
      out.push(line, ...execute(lab, line.slice(2)))
    } else if (line.startsWith('#') || line === '') out.push(line)
  }
  return `${out.join('\n').trimEnd()}\n`
}

function start(files: Record<string, string>, seed: number): Lab {
  const startEpochMillis = Date.UTC(2026, 10, 21, 3, 0, 0, 200)
  const lab = new Lab({
    kind: 'start', files, seed, startEpochMillis, simulatorVersion: 'transcript',
  })
  lab.advance(500)
  return lab
}

const commandSeconds = 300

/** Output lines of one command; lines that would read as syntax are indented by `|`. */
function execute(lab: Lab, line: string): string[] {
  let printed = ''
  let exit: number | undefined
  lab.workstation.run(line, {
    onOutput: (text) => { printed += text },
    onEnd: (status) => { exit = exitCodeOf(status) },
  })
  const limit = lab.nowMillis + commandSeconds * 1000
  while (exit === undefined && lab.nowMillis < limit) {
    lab.advance(Math.min(limit, Math.ceil(lab.nextDue() ?? limit)))
  }
  const lines = printed === '' ? [] : printed.replace(/\n$/, '').split('\n')
  const shown = lines.map((text) => (/^([$#@!|]|$)/.test(text) ? `|${text}` : text))
  if (exit === undefined) return [...shown, '! still running']
  return exit === 0 ? shown : [...shown, `! ${exit}`]
}
