import type { Program } from '../kernel/types.ts'
import { busyboxBanner } from './help.ts'

/** `busybox APPLET ARGS…`, and its list of applets. */
export function busyboxCommand(applets: Readonly<Record<string, Program>>): Program {
  const names = [...Object.keys(applets), 'ash', 'busybox', 'sh'].sort()
  return function* run(process) {
    const [word, ...rest] = process.argv.slice(1)
    if (word === '--list') {
      yield* process.write(1, names.map((name) => `${name}\n`).join(''))
      return 0
    }
    if (word === undefined || word === '--help') {
      yield* process.write(1, overview(names))
      return 0
    }
    if (word === 'sh' || word === 'ash') return yield* process.exec('/bin/sh', [word, ...rest])
    const applet = applets[word]
    if (!applet) {
      yield* process.write(2, `${word}: applet not found\n`)
      return 127
    }
    process.argv = [word, ...rest]
    return yield* applet(process)
  }
}

function overview(names: readonly string[]): string {
  const lines: string[] = []
  let line = '\t'
  for (const [i, name] of names.entries()) {
    const word = name + (i < names.length - 1 ? ', ' : '')
    if (line.length + word.trimEnd().length > 72) {
      lines.push(line.trimEnd())
      line = '\t'
    }
    line += word
  }
  return `${busyboxBanner.trimEnd()}
BusyBox is copyrighted by many authors between 1998-2015.
Licensed under GPLv2. See source distribution for detailed
copyright notices.

Usage: busybox [function [arguments]...]
   or: busybox --list[-full]
   or: busybox --show SCRIPT
   or: busybox --install [-s] [DIR]
   or: function [arguments]...

\tBusyBox is a multi-call binary that combines many common Unix
\tutilities into a single executable.  Most people will create a
\tlink to busybox for each function they wish to use and BusyBox
\twill act like whatever it was invoked as.

Currently defined functions:
${[...lines, line].join('\n')}
`
}
