import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Identities } from '../accounts/identities.ts'
import type { Database } from '../database/connect.ts'
import type { Host } from './host.ts'
import { LabSockets } from './sockets.ts'
import { testBench, testLesson, type Bench } from './test-bench.ts'
import { TestLine } from './test-line.ts'

interface Running { readonly host: Host; readonly server: Server; readonly port: number }

/** Servers that take lines to test labs, as the process does. */
export class TestSite {
  private readonly identities = new Identities(Buffer.alloc(32, 7))
  private readonly running: Running[] = []

  private constructor(readonly bench: Bench) {}

  static async open(database: Database): Promise<TestSite> {
    return new TestSite(await testBench(database))
  }

  async close(): Promise<void> {
    for (const { host, server } of this.running) {
      server.closeAllConnections()
      server.close()
      await host.stop()
    }
  }

  async serve(): Promise<Running> {
    const host = this.bench.newHost()
    const sockets = new LabSockets(host, this.bench.store, this.identities)
    const server = createServer((_, response) => response.end('alive'))
    server.on('upgrade', (request, socket, head) => {
      if (!sockets.upgrade(request, socket, head)) socket.destroy()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
    const { port } = server.address() as AddressInfo
    const running = { host, server, port }
    this.running.push(running)
    return running
  }

  newLine(
    port: number, labId: string, learner: string, headers: Record<string, string> = {},
  ): TestLine {
    const cookie = `grace_learner=${this.identities.cookie(learner, false).value}`
    return new TestLine(port, labId, cookie, headers)
  }

  async newLab(): Promise<{ learner: string; id: string }> {
    const learner = randomUUID()
    return { learner, id: await this.bench.store.create(learner, testLesson) }
  }
}
