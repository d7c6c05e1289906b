import { command } from './command.ts'

/** envsubst of gettext, which the nginx image has for its templates. */
export const envsubst = command({
  name: 'envsubst',
  gnu: 'v|variables',
  * run(call) {
    const listed = call.operands[0]
    const wanted = listed === undefined ? undefined
      : new Set([...listed.matchAll(/\$\{?(\w+)\}?/g)].map((match) => match[1]!))
    if (call.has('v')) {
      yield* call.out([...wanted ?? []].map((name) => `${name}\n`).join(''))
      return 0
    }
    const text = yield* call.process.readAll(0)
    yield* call.out(
      text.replace(
        /\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/g,
        (whole, braced: string | undefined, plain: string | undefined) => {
          const name = braced ?? plain ?? ''
          return wanted === undefined || wanted.has(name)
            ? (call.process.env.get(name) ?? '')
            : whole
        },
      ),
    )
    return 0
  },
})

export const pwd = command({
  name: 'pwd',
  gnu: 'L|logical P|physical',
  busybox: 'L P',
  * run(call) {
    yield* call.out(`${call.process.cwd}\n`)
    return 0
  },
})
