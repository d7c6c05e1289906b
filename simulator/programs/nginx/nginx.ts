import { SyscallError, strerror } from '../../kernel/errors.ts'
import { signalNumber } from '../../kernel/signals.ts'
import type { ExitCode, Process, Program, Signal } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import type { Config } from './config.ts'
import { loadConfig } from './config.ts'
import { ConfigError } from './directives.ts'
import { logError } from './logs.ts'
import type { Level, Logs } from './logs.ts'
import { Master, listenOn, openLogs, portsOf } from './master.ts'
import { nginxVersion } from './pages.ts'
import { prepare } from './preparation.ts'

interface Options {
  file: string
  extra: string
  action: 'run' | 'test' | 'dump' | 'version' | 'build' | 'help' | 'signal'
  quiet: boolean
  order: string
}

const orders: Readonly<Record<string, Signal>> = {
  stop: 'TERM',
  quit: 'QUIT',
  reopen: 'USR1',
  reload: 'HUP',
}

/** Reading the configuration and opening sockets takes the real one a few milliseconds. */
const startMillis = { low: 2, high: 5 }

export const nginx: Program = function* run(process) {
  const options = parseArguments(process.argv.slice(1))
  if (typeof options === 'string') {
    yield* process.write(2, `nginx: ${options}\n`)
    return 1
  }
  if (options.action === 'version' || options.action === 'build' || options.action === 'help') {
    yield* process.write(2, about(options.action))
    return 0
  }
  let config: Config
  try {
    config = loadConfig(process.files, options.file, options.extra)
  } catch (error) {
    return yield* refuseConfig(process, options, error)
  }
  if (options.action === 'test' || options.action === 'dump') return yield* tested(process, options)
  if (options.action === 'signal') return yield* sendOrder(process, config, options.order)
  return yield* start(process, config, options)
}

function about(what: 'version' | 'build' | 'help'): string {
  const version = `nginx version: nginx/${nginxVersion}\n`
  if (what === 'version') return version
  if (what === 'build') {
    return `${version}built with OpenSSL 3.0.11 19 Sep 2023\nTLS SNI support enabled\n`
      + 'configure arguments: error: not simulated in Grace\n'
  }
  return `${version}Usage: nginx [-?hvVtTq] [-s signal] [-p prefix]
             [-e filename] [-c filename] [-g directives]

Options:
  -?,-h         : this help
  -v            : show version and exit
  -V            : show version and configure options then exit
  -t            : test configuration and exit
  -T            : test configuration, dump it and exit
  -q            : suppress non-error messages during configuration testing
  -s signal     : send signal to a master process: stop, quit, reopen, reload
  -p prefix     : set prefix path (default: /etc/nginx/)
  -e filename   : set error log file (default: /var/log/nginx/error.log)
  -c filename   : set configuration file (default: /etc/nginx/nginx.conf)
  -g directives : set global directives out of configuration file

`
}

/** Models src/core/nginx.c ngx_get_options; a string is its complaint. */
function parseArguments(args: readonly string[]): Options | string {
  const options: Options = {
    file: '/etc/nginx/nginx.conf', extra: '', action: 'run', quiet: false, order: '',
  }
  for (let i = 0; i < args.length; i++) {
    const word = args[i]!
    if (!word.startsWith('-')) return `invalid option: "${word}"`
    for (let at = 1; at < word.length; at++) {
      const letter = word[at]!
      if ('pcegs'.includes(letter)) {
        const value = word.slice(at + 1) || args[++i]
        if (value === undefined || value === '') return missingValue(letter)
        if (letter === 'c') options.file = value.startsWith('/') ? value : `/etc/nginx/${value}`
        else if (letter === 'g') options.extra = value
        else if (letter === 's') {
          if (!Object.hasOwn(orders, value)) return `invalid option: "-s ${value}"`
          options.action = 'signal'
          options.order = value
        }
        break
      }
      if (letter === '?' || letter === 'h') options.action = 'help'
      else if (letter === 'v') options.action = 'version'
      else if (letter === 'V') options.action = 'build'
      else if (letter === 't') options.action = 'test'
      else if (letter === 'T') options.action = 'dump'
      else if (letter === 'q') options.quiet = true
      else return `invalid option: "${letter}"`
    }
  }
  return options
}

function missingValue(letter: string): string {
  const what: Readonly<Record<string, string>> = {
    p: 'requires directory name', c: 'requires file name', e: 'requires file name',
    g: 'requires parameter', s: 'requires parameter',
  }
  return `option "-${letter}" ${what[letter]}`
}

function* refuseConfig(process: Process, options: Options, error: unknown): Task<ExitCode> {
  if (!(error instanceof ConfigError)) throw error
  const now = error.message
  yield* process.write(2, `nginx: [emerg] ${now}\n`)
  if (options.action === 'test' || options.action === 'dump') {
    yield* process.write(2, `nginx: configuration file ${options.file} test failed\n`)
  }
  return 1
}

function* tested(process: Process, options: Options): Task<ExitCode> {
  if (!options.quiet) {
    yield* process.write(2, `nginx: the configuration file ${options.file} syntax is ok\n`
      + `nginx: configuration file ${options.file} test is successful\n`)
  }
  if (options.action === 'dump') yield* dump(process, options.file)
  return 0
}

/** -T prints the main file and what it includes. */
function* dump(process: Process, file: string): Task {
  const text = process.files.readFile(file)
  yield* process.write(1, `# configuration file ${file}:\n${text}\n`)
  for (const match of text.matchAll(/^\s*include\s+([^;]+);/gm)) {
    const path = match[1]!.startsWith('/') ? match[1]! : `/etc/nginx/${match[1]}`
    const directory = path.slice(0, path.lastIndexOf('/'))
    const names = path.includes('*') ? [...process.files.readDirectory(directory)].sort()
      .filter((name) => name.endsWith('.conf')).map((name) => `${directory}/${name}`) : [path]
    for (const name of names) {
      yield* process.write(1, `# configuration file ${name}:\n${process.files.readFile(name)}\n`)
    }
  }
}

/** `nginx -s quit`: reads the master's number from its file and sends the signal. */
function* sendOrder(process: Process, config: Config, order: string): Task<ExitCode> {
  const logs = openLogs(process, config)
  const log = (level: Level, text: string): Task => logError(process, logs, level, text)
  yield* log('notice', 'signal process started')
  let text: string
  try {
    text = process.files.readFile(config.pidFile)
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error
    const sentence = `open() "${config.pidFile}" failed (2: ${strerror(error.code)})`
    yield* process.write(2, `nginx: [error] ${sentence}\n`)
    yield* log('error', sentence)
    return 1
  }
  const pid = Number.parseInt(text, 10)
  if (!(pid > 0)) {
    yield* process.write(
      2,
      `nginx: [error] invalid PID number "${text.trim()}" in "${config.pidFile}"\n`,
    )
    return 1
  }
  const signal = orders[order]!
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error
    const number = error.code === 'ESRCH' ? 3 : 1
    const sentence =
      `kill(${pid}, ${signalNumber(signal)}) failed (${number}: `
      + `${strerror(error.code)})`
    yield* process.write(2, `nginx: [alert] ${sentence}\n`)
    yield* log('alert', sentence)
    return 1
  }
  return 0
}

function* start(process: Process, config: Config, options: Options): Task<ExitCode> {
  const chance = process.kernel.chance.draw('nginx-start', process.machine.name, process.pid)
  yield* process.sleep(startMillis.low + (startMillis.high - startMillis.low) * chance)
  let logs: Logs | undefined
  try {
    logs = openLogs(process, config)
    yield* prepare(process, config, logs)
    const listeners = portsOf(config).map((port) => listenOn(process, port))
    const reload = { file: options.file, extra: options.extra }
    if (!config.daemon) {
      return yield* new Master(process, config, logs, reload).run(listeners)
    }
    const inherited = logs
    // The parent of a daemon returns at once; its child is the master.
    process.fork(function* daemon(child) {
      const own = portsOf(config).map((port) => listenOn(child, port))
      return yield* new Master(child, config, inherited, reload).run(own)
    }, { newSession: true })
    return 0
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    if (logs) yield* logError(process, logs, 'emerg', error.message)
    yield* process.write(2, `nginx: [emerg] ${error.message}\n`)
    return 1
  }
}
