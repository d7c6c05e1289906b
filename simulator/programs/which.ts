import { attempt } from './attempt.ts'
import { command } from './command.ts'

export const which = command({
  name: 'which',
  gnu: 'a s',
  busybox: 'a',
  * run(call) {
    const { process } = call
    if (call.operands.length === 0) return call.gnu ? 1 : yield* call.misuse(undefined)
    let code = 0
    for (const word of call.operands) {
      const folders = word.includes('/')
        ? ['']
        : (process.env.get('PATH') ?? '/usr/bin:/bin').split(':')
      const candidates = folders.map((folder) => folder === '' ? word : `${folder}/${word}`)
      const found = candidates.filter((path) => {
        const stat = attempt(() => process.files.stat(process.absolute(path)))
        return stat.ok && stat.value.kind === 'file' && (stat.value.mode & 0o111) !== 0
      })
      if (found.length === 0) code = 1
      const shown = call.has('a') ? found : found.slice(0, 1)
      if (!call.has('s')) yield* call.out(shown.map((path) => `${path}\n`).join(''))
    }
    return code
  },
})
