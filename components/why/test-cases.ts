import type { TimelineEntry } from '../../server/protocol.ts'
import type { Of } from './links.ts'

/** One question put to the trace of a recorded scenario. */
export interface Case {
  readonly scenario: string
  readonly about: string
  readonly of: (entry: TimelineEntry) => boolean
  /** Which of those; below zero: from the end. */
  readonly nth?: number
}

const kind = <K extends TimelineEntry['kind']>(
  name: K, fits: (entry: Of<K>) => boolean = () => true,
) => (entry: TimelineEntry): boolean => entry.kind === name && fits(entry as Of<K>)

const signal = (name: string) => kind('signal', (one) =>
  one.signal === name && one.sender === 'runtime')
const event = (reason: string) => kind('event', (one) => one.reason === reason)
const status = (word: string) => kind('pod-status', (one) => one.status === word)
const ended = (line: RegExp) => kind('command-end', (one) => line.test(one.line))

export const cases: readonly Case[] = [
  { scenario: 'busybox-prestop', about: 'SIGKILL', of: signal('SIGKILL') },
  { scenario: 'busybox-prestop', about: 'SIGTERM', of: signal('SIGTERM') },
  { scenario: 'busybox-prestop', about: 'exit 137', of: kind('container-exited') },
  { scenario: 'busybox-prestop', about: 'the hook', of: kind('hook-start') },
  { scenario: 'busybox-prestop', about: 'its end', of: kind('hook-end') },
  { scenario: 'busybox-prestop', about: 'the grace period', of: kind('grace-start') },
  { scenario: 'busybox-prestop', about: 'stopping', of: kind('stop') },
  { scenario: 'busybox-prestop', about: 'running', of: kind('container-started') },
  { scenario: 'busybox-prestop', about: 'the process', of: kind('process-exec') },
  { scenario: 'busybox-prestop', about: 'Pending', of: status('Pending') },
  { scenario: 'busybox-prestop', about: 'ContainerCreating', of: status('ContainerCreating') },
  { scenario: 'busybox-prestop', about: 'Running', of: status('Running') },
  { scenario: 'busybox-prestop', about: 'Terminating', of: status('Terminating') },
  { scenario: 'busybox-prestop', about: 'Error', of: status('Error') },
  { scenario: 'busybox-prestop', about: 'gone', of: status('') },
  { scenario: 'busybox-prestop', about: 'Scheduled', of: event('Scheduled') },
  { scenario: 'busybox-prestop', about: 'Killing', of: event('Killing') },
  { scenario: 'busybox-prestop', about: 'the delete returns', of: ended(/delete/) },
  { scenario: 'trap-term-exit-0', about: 'SIGTERM', of: signal('SIGTERM') },
  { scenario: 'trap-term-exit-0', about: 'exit 0', of: kind('container-exited') },
  { scenario: 'trap-term-exit-0', about: 'Completed', of: status('Completed') },
  { scenario: 'trap-term-exit-0', about: 'a line of the log', of: kind('log'), nth: -1 },
  { scenario: 'sleep-pid1-ignores-term', about: 'SIGTERM by kill',
    of: kind('signal', ({ sender }) => sender === 'process') },
  { scenario: 'stop-signal', about: 'another stop signal', of: kind('stop') },
  { scenario: 'grace-10-hook-40', about: 'SIGKILL', of: signal('SIGKILL') },
  { scenario: 'grace-10-hook-40', about: 'not awaited', of: kind('hook-abandoned') },
  { scenario: 'grace-10-hook-40', about: 'the hook’s end', of: kind('hook-end') },
  { scenario: 'grace-10-hook-40', about: 'FailedPreStopHook', of: event('FailedPreStopHook') },
  { scenario: 'grace-10-hook-40-quick-app', about: 'exit', of: kind('container-exited') },
  { scenario: 'delete-grace-5', about: 'the grace period', of: kind('grace-start') },
  { scenario: 'delete-grace-5', about: 'SIGKILL', of: signal('SIGKILL') },
  { scenario: 'delete-force', about: 'the grace period', of: kind('grace-start') },
  { scenario: 'delete-force', about: 'gone', of: status('') },
  { scenario: 'prestop-fails', about: 'FailedPreStopHook', of: event('FailedPreStopHook') },
  { scenario: 'badcommand-never', about: 'FailedPostStartHook', of: event('FailedPostStartHook') },
  { scenario: 'badcommand-never', about: 'Killing', of: event('Killing') },
  { scenario: 'badcommand-never', about: 'exit', of: kind('container-exited') },
  { scenario: 'badcommand-shell', about: 'PostStartHookError', of: status('PostStartHookError') },
  { scenario: 'poststart-slow', about: 'postStart', of: kind('hook-start') },
  { scenario: 'poststart-http-404', about: 'its end', of: kind('hook-end') },
  { scenario: 'prestop-missing-binary', about: 'its end', of: kind('hook-end') },
  { scenario: 'liveness-exec-fails', about: 'a failed probe',
    of: kind('probe', ({ result }) => result === 'failure') },
  { scenario: 'liveness-exec-fails', about: 'Unhealthy', of: event('Unhealthy') },
  { scenario: 'liveness-exec-fails', about: 'Killing', of: event('Killing') },
  { scenario: 'liveness-exec-fails', about: 'exit', of: kind('container-exited') },
  { scenario: 'liveness-exec-fails', about: 'the restart', of: kind('container-started'), nth: 1 },
  { scenario: 'readiness-http', about: 'a probe that passes',
    of: kind('probe', ({ result }) => result === 'success') },
  { scenario: 'onfailure-crashloop', about: 'exit', of: kind('container-exited'), nth: -1 },
  { scenario: 'onfailure-crashloop', about: 'the last restart',
    of: kind('container-started'), nth: -1 },
  { scenario: 'onfailure-crashloop', about: 'BackOff', of: event('BackOff') },
  { scenario: 'onfailure-crashloop', about: 'CrashLoopBackOff', of: status('CrashLoopBackOff') },
  { scenario: 'never-fails', about: 'Error', of: status('Error') },
  { scenario: 'image-missing', about: 'the pull', of: kind('pull-start') },
  { scenario: 'image-missing', about: 'its end', of: kind('pull-end') },
  { scenario: 'image-missing', about: 'Failed', of: event('Failed') },
  { scenario: 'image-missing', about: 'BackOff', of: event('BackOff') },
  { scenario: 'image-missing', about: 'ErrImagePull', of: status('ErrImagePull') },
  { scenario: 'image-missing', about: 'ImagePullBackOff', of: status('ImagePullBackOff') },
  { scenario: 'pull-never-missing', about: 'ErrImageNeverPull', of: event('ErrImageNeverPull') },
  { scenario: 'pull-never-missing', about: 'its status', of: status('ErrImageNeverPull') },
  { scenario: 'command-missing', about: 'exit 128', of: kind('container-exited') },
  { scenario: 'pending-node-selector', about: 'no node', of: event('FailedScheduling') },
  { scenario: 'pending-resources', about: 'no room', of: event('FailedScheduling') },
  { scenario: 'active-deadline', about: 'DeadlineExceeded', of: event('DeadlineExceeded') },
  { scenario: 'active-deadline', about: 'the grace period', of: kind('grace-start') },
  { scenario: 'oom-killed', about: 'SIGKILL', of: kind('signal') },
  { scenario: 'oom-killed', about: 'OOMKilled', of: status('OOMKilled') },
  { scenario: 'init-and-sidecar', about: 'the second container',
    of: kind('container-started'), nth: 1 },
  { scenario: 'shared-process-namespace', about: 'exit', of: kind('container-exited') },
]
