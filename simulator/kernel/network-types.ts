import type { Task, Wakeable } from '../time/tasks.ts'
import type { OpenFile, Process } from './types.ts'

// The part of the kernel's contract that is about the network.

/** Both ends of a byte stream between two addresses. */
export interface Connection {
  readonly local: OpenFile
  readonly peerAddress: string
}
export interface Listener {
  readonly port: number
  /** Next accepted connection, or undefined: wait on `incoming`. */
  accept(): Connection | undefined
  readonly incoming: Wakeable
  close(): void
}

/** A host or a pod sandbox as others reach it over the network. */
export interface NetworkNamespace {
  readonly address: string
  /** Throws EADDRINUSE, EACCES. `user` owns it: it is closed when that process ends. */
  listen(port: number, owner?: Process): Listener
  /**
   * Throws ECONNREFUSED (nobody listens), EHOSTUNREACH. An address nobody owns blocks until the
   * caller gives up or, after 127 s, throws ETIMEDOUT.
   */
  connect(address: string, port: number): Task<Connection>
  /** Name resolution as this machine does it: addresses, or undefined for "no such host". */
  resolve(name: string): string | undefined
}

/** All addresses of one lab. */
export interface Network {
  attach(address: string, options?: {
    resolve?: (name: string) => string | undefined
  }): NetworkNamespace
  detach(address: string): void
  /** A host of the simulated internet: answers a request with a response, or refuses. */
  addHost(name: string, address: string, serve: (request: string) => string): void
}
