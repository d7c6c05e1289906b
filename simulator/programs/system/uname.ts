import { command } from '../command.ts'

/** Kernel of the lab's machines; one kernel, as all containers share it. */
const facts = {
  s: 'Linux',
  r: '6.1.0-amd64',
  v: '#1 SMP PREEMPT_DYNAMIC Debian 6.1.0-1',
  m: 'x86_64',
  o: 'GNU/Linux',
} as const

export const uname = command({
  name: 'uname',
  gnu: 'a|all s|kernel-name n|nodename r|kernel-release v|kernel-version m|machine p|processor '
    + 'i|hardware-platform o|operating-system',
  busybox: 'a m n r s p v i o',
  * run(call) {
    if (call.operands.length > 0) {
      return yield* call.misuse(
        call.gnu ? `extra operand ${call.quote(call.operands[0]!)}` : undefined,
      )
    }
    const all = call.has('a')
    const wanted = (key: string): boolean => all || call.has(key)
    const words: string[] = []
    if (wanted('s') || call.given.length === 0) words.push(facts.s)
    if (wanted('n')) words.push(call.process.machine.hostname)
    if (wanted('r')) words.push(facts.r)
    if (wanted('v')) words.push(facts.v)
    if (wanted('m')) words.push(facts.m)
    if (call.has('p') && !all) words.push('unknown')
    if (call.has('i') && !all) words.push('unknown')
    if (wanted('o')) words.push(facts.o)
    yield* call.out(`${words.join(' ')}\n`)
    return 0
  },
})

export const nproc = command({
  name: 'nproc',
  gnu: 'all ignore:',
  busybox: 'all ignore:',
  * run(call) {
    yield* call.out(`${Math.max(1, 2 - Number(call.value('ignore') ?? 0))}\n`)
    return 0
  },
})
