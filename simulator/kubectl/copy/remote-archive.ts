import type { OpenFile } from '../../kernel/types.ts'
import { utf8Length } from '../../kernel/utf8.ts'
import { drawMillis, latencies } from '../../latencies.ts'
import type { ExecSession } from '../../runtime/types.ts'
import type { Task } from '../../time/tasks.ts'
import { requireSuccess, startRemotely } from '../remote/remote-command.ts'
import type { Session } from '../session.ts'
import type { FileSpec } from './file-spec.ts'
import { target } from './upload.ts'

const readChars = 32_768
/** What tar still says after the archive's end arrives this soon after it. */
const lastWordsMillis = 10
/** Steps a new attempt costs. */
const retrySteps = 20

/**
 * What tar in the container packs, as a stream; one that breaks off is asked for again where it
 * ended. Models kubectl/cmd/cp TarPipe.
 */
export class RemoteArchive {
  private started: ExecSession | undefined
  private pipe: { readonly read: OpenFile; readonly write: OpenFile } | undefined
  private bytes = 0
  private retries = 0

  constructor(private readonly session: Session, private readonly source: FileSpec) {}

  private get tries(): number {
    return this.session.flags.number('retries')
  }

  *open(from: number): Task {
    const { session, source } = this
    const { kernel } = session.process
    this.close()
    const pipe = kernel.createPipe()
    this.pipe = pipe
    const argv = this.tries === 0 ? ['tar', 'cf', '-', source.path]
      : ['sh', '-c', `tar cf - ${source.path} | tail -c+${from}`]
    yield* session.flush()
    // The words of the remote tar come out with kubectl's own, not with its errors.
    const stderr = kernel.createSink('pipe:[2]', (text) => session.out(text))
    this.started = yield* startRemotely(session, {
      ...target(session, source), argv, streams: { stdout: pipe.write, stderr },
      tell: (text) => session.out(text),
    })
  }

  /** Some more of the archive; '' when it is given up. */
  *read(): Task<string> {
    for (;;) {
      const text = yield* this.piece()
      this.bytes += utf8Length(text)
      if (text !== '') return text
      const { session, tries } = this
      if (tries >= 0 && this.retries >= tries) {
        session.out(`Dropping out copy after ${this.retries} retries\n`)
        return ''
      }
      this.retries++
      session.out(`Resuming copy at ${this.bytes} bytes, retry ${this.retries}/${tries}\n`)
      yield* this.reconnect()
      yield* this.open(this.bytes + 1)
    }
  }

  /** The way to the container and back; in a lab that stands, endless attempts are throttled. */
  private *reconnect(): Task {
    const { options, process } = this.session
    yield* process.work(retrySteps)
    if (options.isPaused()) return
    const key = `${this.source.pod}:${this.source.path}`
    const { chance } = options
    yield* process.sleep(drawMillis(chance, latencies.kubectlGet, 'cp-retry', key, this.retries))
  }

  private *piece(): Task<string> {
    const { session, pipe, started } = this
    if (!pipe || !started) return ''
    for (;;) {
      const text = pipe.read.readNow(readChars)
      yield* session.flush()
      if (text !== undefined && text !== '') {
        yield* session.process.work(1)
        return text
      }
      if (text === '' && started.status) {
        requireSuccess(started)
        return ''
      }
      const on = text === '' ? [started.ended] : [pipe.read.readable, started.ended]
      yield* session.process.suspend({ on })
    }
  }

  /** Lets tar end; how it ends is not asked once the archive was whole. */
  *lastWords(): Task {
    const { session, started } = this
    if (!started || started.status) return
    const { clock, isPaused } = session.options
    const until = clock.now() + lastWordsMillis
    yield* session.process.suspend({ on: [started.ended], ...(isPaused() ? {} : { until }) })
  }

  close(): void {
    this.pipe?.read.close()
  }
}
