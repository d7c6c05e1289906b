import type { TimelineEntry } from '../../server/protocol.ts'
import { signalName } from '../timeline/moment.ts'
import type { TitleName, Values } from './links.ts'
import { commandText } from './trace-view.ts'

export interface Title { readonly name: TitleName; readonly values: Values }

/** What a card about an entry is headed with: "Why SIGKILL?". */
export function whyTitle(entry: TimelineEntry): Title {
  const title = (name: TitleName, values: Values = {}): Title => ({ name, values })
  switch (entry.kind) {
    case 'signal': return title('thing', { what: signalName(entry.signal) })
    case 'container-exited': return title('exit', { code: String(entry.exitCode) })
    case 'container-started':
      return entry.attempt === 0 ? title('running')
        : title('restart', { count: String(entry.attempt) })
    case 'hook-start': return title('thing', { what: entry.hook })
    case 'hook-end': return title(entry.ok ? 'hookEnded' : 'hookFailed', { hook: entry.hook })
    case 'hook-abandoned': return title('notAwaited', { hook: entry.hook })
    case 'grace-start': return title('grace', { seconds: String(entry.seconds) })
    case 'stop': return title('stopping', { signal: signalName(entry.signal) })
    case 'probe':
      return title(entry.result === 'success' ? 'probePassed' : 'probeFailed', {
        probe: entry.probe,
      })
    case 'event': return title('thing', { what: entry.reason })
    case 'pod-status':
      return entry.status === '' ? title('gone') : title('status', { what: entry.status })
    case 'pull-start': return title('pulling')
    case 'pull-end': return title(entry.error === undefined ? 'pulled' : 'notPulled')
    case 'process-start': case 'process-exec':
      return title('thing', { what: commandText(entry.argv) })
    case 'process-end': return title('processEnd', { pid: String(entry.pid) })
    case 'log': return title('line')
    case 'command': return title('thing', { what: commandText(entry.line) })
    case 'command-end': return title('exit', { code: String(entry.exitCode) })
    default: return title('this')
  }
}
