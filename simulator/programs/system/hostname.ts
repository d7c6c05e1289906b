import { command } from '../command.ts'

export const hostname = command({
  name: 'hostname',
  gnu:
    's|short f|fqdn long i|ip-address I|all-ip-addresses d|domain a|alias A|all-fqdns y|yp '
    + '!F|file: !b|boot',
  busybox: 's i d f !F:',
  misuseCode: { gnu: 255, busybox: 1 },
  *run(call) {
    const { machine, network } = call.process
    if (call.operands.length > 0) {
      const sentence = call.gnu
        ? 'you must be root to change the host name'
        : 'sethostname: Operation not permitted'
      return yield* call.fail(sentence)
    }
    if (call.has('I')) yield* call.out(`${network.address} \n`)
    else if (call.has('i'))
      yield* call.out(`${network.resolve(machine.hostname) ?? network.address}\n`)
    else if (call.has('d')) yield* call.out(call.gnu ? '' : '\n')
    else if (call.has('s')) yield* call.out(`${machine.hostname.split('.')[0]}\n`)
    else yield* call.out(`${machine.hostname}\n`)
    return 0
  },
})
