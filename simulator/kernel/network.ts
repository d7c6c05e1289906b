import type { Clock, Millis } from '../time/clock.ts'
import type { Scheduler, Task } from '../time/tasks.ts'
import { Wakeable } from '../time/tasks.ts'
import { SyscallError } from './errors.ts'
import { Socket, connectSockets } from './socket.ts'
import type { Connection, Listener, Network, NetworkNamespace, Process } from './types.ts'

/** Linux gives up a connection that nobody answers after six retries. */
const connectTimeoutMillis = 127_000
/** A neighbour that is not there does not answer three ARP requests, one second apart. */
const neighbourTimeoutMillis = 3_072
/** Ports below are for those who may bind them (CAP_NET_BIND_SERVICE): root. */
const firstFreePort = 1024
const backlog = 128

type Resolver = (name: string) => string | undefined

/** All addresses of one lab: pods, node, workstation, and the simulated internet. */
export class SimulatedNetwork implements Network {
  private readonly hosts = new Map<string, Host>()
  /** Addresses that were given up: the subnet is near, so the absence is noticed. */
  private readonly departed = new Set<string>()
  private readonly internet = new Map<string, string>()

  constructor(readonly clock: Clock, private readonly scheduler: Scheduler) {}

  attach(address: string, options: { resolve?: Resolver } = {}): NetworkNamespace {
    const host = new Host(this, address, options.resolve)
    this.hosts.set(address, host)
    this.departed.delete(address)
    return host
  }

  detach(address: string): void {
    const host = this.hosts.get(address)
    if (!host) return
    host.closeAll()
    this.hosts.delete(address)
    this.departed.add(address)
  }

  addHost(name: string, address: string, serve: (request: string) => string): void {
    const host = new Host(this, address, undefined)
    this.hosts.set(address, host)
    this.internet.set(name, address)
    for (const port of [80, 443]) {
      this.scheduler.spawn(answerRequests(host.listen(port), this.scheduler, serve))
    }
  }

  internetAddress(name: string): string | undefined {
    return this.internet.get(name)
  }

  host(address: string): Host | undefined {
    return this.hosts.get(address)
  }

  hasDeparted(address: string): boolean {
    return this.departed.has(address)
  }
}

class Host implements NetworkNamespace {
  private readonly ports = new Map<number, PortListener>()
  private lastEphemeralPort = 32_767

  constructor(
    private readonly network: SimulatedNetwork, readonly address: string,
    private readonly resolver: Resolver | undefined,
  ) {}

  listen(port: number, owner?: Process): Listener {
    const isAllowed = port >= firstFreePort || owner === undefined || owner.user === 'root'
    if (!isAllowed) throw new SyscallError('EACCES')
    if (this.ports.has(port)) throw new SyscallError('EADDRINUSE')
    const listener = new PortListener(port, () => {
      this.ports.delete(port)
      forget?.()
    })
    const forget = owner?.atEnd(() => listener.close())
    this.ports.set(port, listener)
    return listener
  }

  * connect(address: string, port: number): Task<Connection> {
    const local = isLoopback(address)
    const host = local ? this : this.network.host(address)
    if (!host) {
      const near = this.network.hasDeparted(address) || isNeighbour(this.address, address)
      yield* this.wait(near ? neighbourTimeoutMillis : connectTimeoutMillis)
      throw new SyscallError(near ? 'EHOSTUNREACH' : 'ETIMEDOUT')
    }
    const listener = host.ports.get(port)
    if (!listener || listener.isFull()) throw new SyscallError('ECONNREFUSED')
    this.lastEphemeralPort = this.lastEphemeralPort >= 60_999 ? 32_768 : this.lastEphemeralPort + 1
    const from = `${local ? '127.0.0.1' : this.address}:${this.lastEphemeralPort}`
    const [near, far] = connectSockets(from, `${address}:${port}`)
    listener.offer({ local: far, peerAddress: from })
    return { local: near, peerAddress: `${address}:${port}` }
  }

  resolve(name: string): string | undefined {
    if (/^\d+\.\d+\.\d+\.\d+$/.test(name)) return name
    if (name === 'localhost' || name.endsWith('.localhost')) return '127.0.0.1'
    return this.resolver?.(name) ?? this.network.internetAddress(name)
  }

  closeAll(): void {
    for (const listener of [...this.ports.values()]) listener.close()
  }

  private * wait(millis: Millis): Task {
    const until = this.network.clock.now() + millis
    while (this.network.clock.now() < until) yield { until }
  }
}

class PortListener implements Listener {
  private readonly pending: Connection[] = []
  private open = true
  readonly incoming = new Wakeable()

  constructor(readonly port: number, private readonly onClose: () => void) {}

  accept(): Connection | undefined {
    return this.pending.shift()
  }

  isFull(): boolean {
    return this.pending.length >= backlog
  }

  offer(connection: Connection): void {
    this.pending.push(connection)
    this.incoming.wake()
  }

  close(): void {
    if (!this.open) return
    this.open = false
    this.onClose()
    for (const connection of this.pending.splice(0)) connection.local.close()
    this.incoming.wake()
  }
}

function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1' || address === 'localhost'
}

/** Networks have 24 bits here, as that of a node's pods; ARP asks for who is in one's own. */
function isNeighbour(own: string, other: string): boolean {
  const network = (address: string): string => address.slice(0, address.lastIndexOf('.'))
  return network(own) === network(other)
}

/** A host of the simulated internet: one answer to each request, and then it hangs up. */
function * answerRequests(
  listener: Listener, scheduler: Scheduler, serve: (request: string) => string,
): Task {
  for (;;) {
    const connection = listener.accept()
    if (connection) scheduler.spawn(answer(connection, serve))
    else yield { on: [listener.incoming] }
  }
}

function * answer({ local }: Connection, serve: (request: string) => string): Task {
  let request = ''
  while (!isWhole(request)) {
    const text = local.readNow(65_536)
    if (text === '') break
    if (text === undefined) yield { on: [local.readable] }
    else request += text
  }
  let response = request === '' ? '' : serve(request)
  while (response !== '' && local instanceof Socket && local.isPeerOpen()) {
    response = response.slice(local.writeNow(response))
    if (response !== '') yield { on: [local.writable] }
  }
  local.close()
}

/** Whether an HTTP request has arrived with its body. */
function isWhole(request: string): boolean {
  const end = request.indexOf('\r\n\r\n')
  if (end < 0) return false
  const length = /^content-length: *(\d+)/im.exec(request.slice(0, end))
  return request.length - end - 4 >= Number(length?.[1] ?? 0)
}
