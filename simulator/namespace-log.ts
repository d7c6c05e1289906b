import type { FileTree } from './kernel/files.ts'
import { namespaceOf } from './kubectl/config/kubeconfig.ts'
import { limits } from './limits.ts'
import type { Clock, Millis } from './time/clock.ts'

/** kubectl's current namespace over time, by the file it reads: who looks back needs the old one. */
export class NamespaceLog {
  private readonly changes: { readonly at: Millis; readonly namespace: string }[] = []

  constructor(clock: Clock, private readonly files: FileTree, private readonly config: string) {
    const folder = config.slice(0, config.lastIndexOf('/'))
    this.note(clock.now())
    files.onWrite((changed) => {
      if (changed.startsWith(folder)) this.note(clock.now())
    })
  }

  at(moment: Millis): string {
    return this.changes.findLast(({ at }) => at <= moment)?.namespace
      ?? this.changes[0]?.namespace ?? 'default'
  }

  private note(at: Millis): void {
    const namespace = this.read()
    if (this.changes.at(-1)?.namespace === namespace) return
    this.changes.push({ at, namespace })
    if (this.changes.length > limits.namespaceChanges) this.changes.shift()
  }

  /** A config that is no plain file (a device, a pipe) is not opened. */
  private read(): string {
    try {
      return this.files.stat(this.config).kind === 'file'
        ? namespaceOf(this.files.readFile(this.config)) : 'default'
    } catch {
      return 'default'
    }
  }
}
