import { SyscallError } from '../kernel/errors.ts'
import type { ExitCode, Fd, Process, Program } from '../kernel/types.ts'
import type { Task } from '../time/tasks.ts'
import { busyboxBanner, helpText, helpTextOf } from './help.ts'
import { optionTable, parseOptions } from './options.ts'
import type { GivenOption, OptionTable, ParseRules } from './options.ts'

/**
 * Whose program it is: GNU and procps of Debian 12, or BusyBox 1.35. They differ in every
 * sentence.
 */
export type Dialect = 'gnu' | 'busybox'

/** One run of a program: its process, and its command line taken apart. */
export class Call {
  exitCode: ExitCode = 0

  constructor(
    readonly process: Process,
    readonly dialect: Dialect,
    /** As messages begin with it: GNU programs use argv[0], BusyBox the applet. */
    readonly name: string,
    readonly given: readonly GivenOption[],
    readonly operands: readonly string[],
  ) {}

  get gnu(): boolean {
    return this.dialect === 'gnu'
  }

  has(...keys: string[]): boolean {
    return this.given.some((option) => keys.includes(option.key))
  }

  /** Argument of the last such option. */
  value(key: string): string | undefined {
    return this.given.findLast((option) => option.key === key)?.value
  }

  values(key: string): string[] {
    return this.given.flatMap((option) => (option.key === key ? [option.value ?? ''] : []))
  }

  /** Which of these came last on the line. */
  last(...keys: string[]): string | undefined {
    return this.given.findLast((option) => keys.includes(option.key))?.key
  }

  /**
   * In a UTF-8 locale GNU programs quote with typographic marks, in the C locale with
   * apostrophes.
   */
  quote(word: string): string {
    return isUtf8(this.process) ? `‘${word}’` : `'${word}'`
  }

  *out(text: string): Task {
    if (text !== '') yield* this.process.write(1, text)
  }

  /** A sentence on standard error; the run goes on and will end with `code`. */
  *complain(sentence: string, code: ExitCode = 1): Task {
    this.exitCode = Math.max(this.exitCode, code)
    yield* this.process.write(2, `${this.name}: ${sentence}\n`)
  }

  /** A sentence on standard error, and the exit code to return. */
  *fail(sentence: string, code: ExitCode = 1): Task<ExitCode> {
    yield* this.complain(sentence, code)
    return code
  }

  /** The command line is wrong: GNU points to --help, BusyBox prints its usage. */
  *misuse(sentence: string | undefined, code: ExitCode = 1): Task<ExitCode> {
    yield* printMisuse(this.process, this.dialect, this.name, sentence)
    return code
  }

  *notSimulated(what: string, code: ExitCode = 1): Task<ExitCode> {
    return yield* this.fail(`error: ${what} is not simulated in Grace`, code)
  }

  /** Opens a file for reading, `-` being standard input; undefined after a complaint by `say`. */
  *input(
    path: string,
    say: (error: SyscallError) => string,
    code: ExitCode = 1,
  ): Task<Fd | undefined> {
    if (path === '-') return 0
    try {
      return this.process.open(path, { read: true })
    } catch (error) {
      if (!(error instanceof SyscallError)) throw error
      yield* this.complain(say(error), code)
      return undefined
    }
  }

  close(fd: Fd): void {
    if (fd > 2) this.process.close(fd)
  }
}

/** A command line that is wrong before its options are read. */
export interface Refusal { readonly refusal: string; readonly code: ExitCode }

export interface CommandDefinition {
  readonly name: string
  readonly gnu?: string
  readonly busybox?: string
  /** Exit code for a wrong command line, where it is not 1. */
  readonly misuseCode?: number | Readonly<Record<Dialect, number>>
  readonly stopAtOperand?: boolean
  /** Rewrites historic forms (`head -5`) before options are read. */
  readonly rewrite?: (args: readonly string[], dialect: Dialect) => readonly string[] | Refusal
  readonly run: (call: Call) => Task<ExitCode>
}

export type ProgramFamily = (dialect: Dialect) => Program

/** A program of both families from its option tables and its body. */
export function command(definition: CommandDefinition): ProgramFamily {
  const tables = new Map<Dialect, OptionTable>()
  const rules: ParseRules = { stopAtOperand: definition.stopAtOperand ?? false }
  const tableOf = (dialect: Dialect): OptionTable => {
    const known = tables.get(dialect)
    if (known) return known
    const text =
      dialect === 'gnu' ? `${definition.gnu ?? ''} help version` : (definition.busybox ?? '')
    const table = optionTable(text)
    tables.set(dialect, table)
    return table
  }
  return (dialect) => function* run(process) {
    const name = dialect === 'gnu' ? process.argv[0] ?? definition.name : definition.name
    const given = process.argv.slice(1)
    const args = definition.rewrite?.(given, dialect) ?? given
    if (given.includes('--help')) {
      const help = yield* printHelp(process, dialect, definition.name, given)
      if (help !== undefined) return help
    }
    if ('refusal' in args) {
      yield* printMisuse(process, dialect, name, args.refusal)
      return args.code
    }
    const parsed = parseOptions(tableOf(dialect), args, rules)
    const misuseCode = typeof definition.misuseCode === 'object'
      ? definition.misuseCode[dialect] : definition.misuseCode ?? 1
    if (!parsed.ok) {
      if (parsed.simulated) yield* printMisuse(process, dialect, name, parsed.text)
      else yield* process.write(2, `${name}: error: ${parsed.text}\n`)
      return misuseCode
    }
    const call = new Call(process, dialect, name, parsed.given, parsed.operands)
    if (dialect === 'gnu' && call.has('version')) return yield* printVersion(call, definition.name)
    return yield* guarded(call, definition.run)
  }
}

/** What a program did not foresee reads as the C library's sentence, never as a crash. */
export function* guarded(call: Call, run: (call: Call) => Task<ExitCode>): Task<ExitCode> {
  try {
    return yield* run(call)
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error
    const where = error.code === 'EPIPE' || error.code === 'ENOSPC' ? 'write error: ' : ''
    yield* call.process.write(2, `${call.name}: ${where}${error.message}\n`)
    return 1
  }
}

function* printHelp(
  process: Process, dialect: Dialect, name: string, args: readonly string[],
): Task<ExitCode | undefined> {
  // BusyBox looks only at a first word `--help` and answers on standard error.
  if (dialect === 'busybox') {
    if (args[0] !== '--help') return undefined
    yield* process.write(2, busyboxBanner + helpText('busybox', name))
    return 0
  }
  const help = helpTextOf(name, process.argv[0] ?? name)
  if (help === undefined) return undefined
  yield* process.write(1, help)
  return 0
}

function* printVersion(call: Call, name: string): Task<ExitCode> {
  return yield* call.notSimulated(`'${name} --version'`)
}

/** Programs of Debian that answer a wrong command line with their whole usage, and where to. */
const usageFds: Readonly<Record<string, Fd>> = { sed: 2, hostname: 1 }

export function* printMisuse(
  process: Process, dialect: Dialect, name: string, sentence: string | undefined,
): Task {
  const said = sentence === undefined ? '' : `${name}: ${sentence}\n`
  const short = name.slice(name.lastIndexOf('/') + 1)
  const usage = dialect === 'gnu' ? usageFds[short] : undefined
  if (usage !== undefined) {
    if (said !== '') yield* process.write(2, said)
    // On an error sed leaves out where to report bugs.
    yield* process.write(
      usage,
      (helpTextOf(short, name) ?? '').replace(/E-mail bug reports to:.*\n/, ''),
    )
    return
  }
  // The programs of diffutils name themselves in this line too.
  const pointer = ['cmp', 'diff'].includes(short) ? `${name}: ` : ''
  const also = short === 'tar' ? ` or '${name} --usage'` : ''
  const hint = dialect === 'busybox' ? busyboxBanner + helpText('busybox', name)
    : `${pointer}Try '${name} --help'${also} for more information.\n`
  yield* process.write(2, said + hint)
}

export function isUtf8(process: Process): boolean {
  const { env } = process
  const locale = env.get('LC_ALL') || env.get('LC_CTYPE') || env.get('LANG') || ''
  return /utf-?8/i.test(locale)
}
