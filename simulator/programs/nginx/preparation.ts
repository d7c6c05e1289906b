import { SyscallError, strerror } from '../../kernel/errors.ts'
import type { Errno, Process } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import type { Config } from './config.ts'
import { ConfigError } from './directives.ts'
import type { Logs } from './logs.ts'
import { logError } from './logs.ts'

const caches = ['client_temp', 'proxy_temp', 'fastcgi_temp', 'uwsgi_temp', 'scgi_temp']
  .map((name) => `/var/cache/nginx/${name}`)

const numbers: Partial<Record<Errno, number>> = { ENOENT: 2, EACCES: 13, ENOTDIR: 20, EROFS: 30 }

/** A call that failed, as nginx tells of it: `open() "/x" failed (13: Permission denied)`. */
export function failed(call: string, path: string, error: unknown): unknown {
  if (!(error instanceof SyscallError)) return error
  const { code } = error
  return new ConfigError(`${call}() "${path}" failed (${numbers[code] ?? 5}: ${strerror(code)})`)
}

/** Models ngx_set_user and ngx_create_paths: what is done before the sockets are opened. */
export function* prepare(process: Process, config: Config, logs: Logs): Task {
  const isRoot = process.user === 'root'
  if (!isRoot && config.userPlace !== undefined) {
    const text = 'the "user" directive makes sense only if the master process runs with '
      + `super-user privileges, ignored ${config.userPlace}`
    yield* logError(process, logs, 'warn', text)
    yield* process.write(2, `nginx: [warn] ${text}\n`)
  }
  for (const path of caches) makeCache(process, path, isRoot ? config.user : process.user)
}

function makeCache(process: Process, path: string, user: string): void {
  if (process.files.exists(path)) return
  try {
    process.files.mkdir(path, { mode: 0o700 })
    if (user !== process.user) process.files.chown(path, user, 'root')
  } catch (error) {
    throw failed('mkdir', path, error)
  }
}
