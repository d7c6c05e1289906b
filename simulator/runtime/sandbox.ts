import type { Machine, NetworkNamespace } from '../kernel/types.ts'
import type { Millis } from '../time/clock.ts'
import type { SandboxConfig, SandboxId, SandboxStatus } from './types.ts'

/** A pod's place on the node: its address and, if shared, its process numbers. */
export interface Sandbox {
  readonly id: SandboxId
  readonly config: SandboxConfig
  readonly network: NetworkNamespace
  readonly ip: string
  readonly createdAt: Millis
  /** Holds the shared PID namespace. */
  readonly pause: Machine | undefined
  /** False as soon as its pause process has ended, however that came. */
  ready: boolean
  /** It was stopped: its address is given back. */
  stopped: boolean
}

export function sandboxStatus(sandbox: Sandbox): SandboxStatus {
  const { id, config, ready, createdAt } = sandbox
  const ip = config.hostAddress === undefined ? sandbox.ip : ''
  return { id, podUid: config.podUid, ready, ip, createdAt }
}

/** Hands out the addresses of the pod network in turn, as the host-local plugin does. */
export class PodAddresses {
  private readonly used = new Set<number>()

  constructor(private last: number) {}

  take(): string {
    do this.last = this.last >= 254 ? 2 : this.last + 1
    while (this.used.has(this.last) && this.used.size < 253)
    this.used.add(this.last)
    return `10.244.0.${this.last}`
  }

  release(ip: string): void {
    this.used.delete(Number(ip.slice(ip.lastIndexOf('.') + 1)))
  }
}
