import type { ExitStatus, OpenFile } from '../kernel/types.ts'
import { Wakeable } from '../time/tasks.ts'
import type { ExecSession } from './types.ts'

/** A command in a container: over when it has ended and nobody holds the outputs lent to it. */
export class Session implements ExecSession {
  status: ExitStatus | undefined
  readonly ended = new Wakeable()
  /** Ends the command at its time limit. */
  kill: () => void = () => undefined
  private commandStatus: ExitStatus | undefined
  private held = 0

  /** The file as the command gets it. */
  lend(file: OpenFile): OpenFile {
    this.held++
    return new LentOutput(file, () => {
      this.held--
      this.settle()
    })
  }

  commandEnded(status: ExitStatus): void {
    this.commandStatus = status
    this.settle()
  }

  private settle(): void {
    if (this.held > 0 || this.status || !this.commandStatus) return
    this.status = this.commandStatus
    this.ended.wake()
  }
}

/** Tells when the last descriptor of it is closed. */
class LentOutput implements OpenFile {
  constructor(private readonly file: OpenFile, private readonly onClose: () => void) {}

  get kind() {
    return this.file.kind
  }

  get path(): string {
    return this.file.path
  }

  get readable(): Wakeable {
    return this.file.readable
  }

  get writable(): Wakeable {
    return this.file.writable
  }

  readNow(maxChars: number): string | undefined {
    return this.file.readNow(maxChars)
  }

  writeNow(text: string): number {
    return this.file.writeNow(text)
  }

  close(): void {
    this.file.close()
    this.onClose()
  }
}
