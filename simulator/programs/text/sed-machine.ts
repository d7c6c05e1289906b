import { Effort } from './sed-effort.ts'
import { replaced, visible } from './sed-replacement.ts'
import type { Address, SedCommand } from './sed-commands.ts'

/** What one cycle did, for the program to write out. */
export interface SedOutput {
  out: string
  /** Files written by `w`, in order. */
  writes: { file: string; text: string }[]
  quit: number | undefined
  /** The hold space always has its newline, and gives it to what it is joined with. */
  joinedHold: boolean
}

export interface SedInput {
  /** Next line without its newline; undefined at the end. */
  take(): string | undefined
  /** True when no line follows the current one. */
  isLast(): boolean
  readFile(path: string): string
}

/** Jumps are counted, so that `:a;ba` ends as an error and not as a hang. */
const maxJumps = 100_000

/** sed's pattern space, hold space and program counter. */
export class SedMachine {
  private pattern = ''
  private hold = ''
  private line = 0
  private substituted = false
  private readonly active = new Map<SedCommand, number>()
  private readonly labels = new Map<string, number>()
  private last: RegExp | undefined
  private appended = ''

  constructor(
    private readonly commands: readonly SedCommand[],
    private readonly input: SedInput,
    private readonly quiet: boolean,
  ) {
    commands.forEach((command, i) => {
      if (command.name === ':') this.labels.set(command.text, i)
    })
  }

  missingLabel(): string | undefined {
    return this.commands.find(
      (command) =>
        'btT'.includes(command.name) && command.text !== '' && !this.labels.has(command.text),
    )?.text
  }

  /** Line numbers run on over files, unless each is edited in place. */
  restart(): void {
    this.line = 0
    this.active.clear()
  }

  /** Reads a line and runs the script on it; undefined at the end of input. */
  cycle(): SedOutput | undefined {
    const next = this.input.take()
    if (next === undefined) return undefined
    this.pattern = next
    this.line++
    this.substituted = false
    return this.runScript()
  }

  private runScript(): SedOutput {
    const output: SedOutput = { out: '', writes: [], quit: undefined, joinedHold: false }
    this.appended = ''
    let printed = !this.quiet
    let jumps = 0
    const effort = new Effort()
    for (let at = 0; at < this.commands.length; at++) {
      const command = this.commands[at]!
      effort.spend(command.name, this.pattern, this.hold)
      if (!this.selects(command)) {
        if (command.name === '{') at = command.partner
        continue
      }
      const step = this.execute(command, output)
      if (step === 'end') break
      if (step === 'delete') {
        printed = false
        break
      }
      if (step === 'again') {
        this.flush(output)
        if (++jumps > maxJumps) break
        at = -1
        continue
      }
      if (typeof step === 'number') {
        if (++jumps > maxJumps) break
        at = step
      }
    }
    if (output.quit === -1) printed = false
    if (printed) output.out += `${this.pattern}\n`
    this.flush(output)
    return output
  }

  private flush(output: SedOutput): void {
    output.out += this.appended
    this.appended = ''
  }

  private selects(command: SedCommand): boolean {
    return this.inRange(command) !== command.negated
  }

  private inRange(command: SedCommand): boolean {
    const { from, to } = command
    if (!from) return true
    if (!to) return this.matches(from)
    const end = this.active.get(command)
    if (end !== undefined) {
      if (end === Infinity ? this.matches(to) : this.line >= end) this.active.delete(command)
      return end === Infinity || this.line <= end
    }
    // `0,/x/` may end on the first line already.
    if (from.kind === 'line' && from.number === 0 && this.line === 1) {
      this.active.set(command, Infinity)
      return this.inRange(command)
    }
    if (!this.matches(from)) return false
    const stop =
      to.kind === 'line'
        ? to.number
        : to.kind === 'offset'
          ? this.line + to.count
          : to.kind === 'multiple'
            ? Math.ceil(this.line / Math.max(1, to.of)) * Math.max(1, to.of)
            : Infinity
    if (stop > this.line) this.active.set(command, stop)
    return true
  }

  private matches(address: Address): boolean {
    switch (address.kind) {
      case 'line':
        return this.line === address.number
      case 'last':
        return this.input.isLast()
      case 'step':
        return address.step === 0
          ? this.line === address.first
          : this.line >= address.first && (this.line - address.first) % address.step === 0
      case 'match': {
        const expression = address.expression ?? this.last
        this.last = expression
        if (!expression) return false
        expression.lastIndex = 0
        return expression.test(this.pattern)
      }
      default:
        return false
    }
  }

  private execute(
    command: SedCommand,
    output: SedOutput,
  ): 'end' | 'delete' | 'again' | number | undefined {
    switch (command.name) {
      case 's':
        return this.substitute(command, output)
      case 'y':
        this.pattern = Array.from(
          this.pattern,
          (character) => command.map!.get(character) ?? character,
        ).join('')
        return undefined
      case 'd':
        return 'delete'
      case 'D': {
        const newline = this.pattern.indexOf('\n')
        if (newline < 0) return 'delete'
        this.pattern = this.pattern.slice(newline + 1)
        return 'again'
      }
      case 'p':
        output.out += `${this.pattern}\n`
        return undefined
      case 'P':
        output.out += `${this.pattern.split('\n')[0]}\n`
        return undefined
      case '=':
        output.out += `${this.line}\n`
        return undefined
      case 'l':
        output.out += `${visible(this.pattern)}$\n`
        return undefined
      case 'a':
        this.appended += command.text
        return undefined
      case 'i':
        output.out += command.text
        return undefined
      case 'c':
        if (!command.to || command.negated || !this.active.has(command)) output.out += command.text
        return 'delete'
      case 'r':
        this.appended += this.input.readFile(command.text)
        return undefined
      case 'w':
        output.writes.push({ file: command.text, text: `${this.pattern}\n` })
        return undefined
      default:
        return this.move(command, output)
    }
  }

  private move(command: SedCommand, output: SedOutput): 'end' | 'delete' | number | undefined {
    switch (command.name) {
      case 'h':
        this.hold = this.pattern
        return undefined
      case 'H':
        this.hold += `\n${this.pattern}`
        return undefined
      case 'g':
      case 'G':
      case 'x':
        return this.joinHold(command.name, output)
      case 'n': {
        if (this.input.isLast()) return this.quiet ? 'delete' : 'end'
        if (!this.quiet) output.out += `${this.pattern}\n`
        this.flush(output)
        this.pattern = this.input.take() ?? ''
        this.line++
        return undefined
      }
      case 'N': {
        if (this.input.isLast()) return this.quiet ? 'delete' : 'end'
        this.flush(output)
        this.pattern += `\n${this.input.take() ?? ''}`
        this.line++
        return undefined
      }
      case 'q':
        output.quit = Number(command.text || 0)
        return 'end'
      case 'Q':
        output.quit = Number(command.text || 0)
        return 'delete'
      case 'b':
        return this.jump(command.text)
      case 't':
      case 'T': {
        const go = this.substituted === (command.name === 't')
        this.substituted = false
        return go ? this.jump(command.text) : undefined
      }
      default:
        return undefined
    }
  }

  private joinHold(how: 'g' | 'G' | 'x', output: SedOutput): undefined {
    output.joinedHold = true
    const { hold } = this
    if (how === 'x') this.hold = this.pattern
    this.pattern = how === 'G' ? `${this.pattern}\n${hold}` : hold
    return undefined
  }

  private jump(label: string): 'end' | number {
    const target = label === '' ? undefined : this.labels.get(label)
    return target ?? 'end'
  }

  private substitute(command: SedCommand, output: SedOutput): undefined {
    const expression = command.expression ?? this.last
    this.last = expression
    if (!expression) return undefined
    const { global, nth, print, file } = command.flags!
    let count = 0
    let changed = false
    expression.lastIndex = 0
    const result = this.pattern.replace(expression, (...parts: unknown[]) => {
      count++
      const whole = String(parts[0])
      if (count < nth || (!global && count > nth)) return whole
      changed = true
      const groups = parts.slice(1).filter((part) => typeof part === 'string' || part === undefined)
      return replaced(command.replacement, [whole, ...groups.map((part) => String(part ?? ''))])
    })
    if (!changed) return undefined
    this.pattern = result
    this.substituted = true
    if (print) output.out += `${this.pattern}\n`
    if (file !== undefined) output.writes.push({ file, text: `${this.pattern}\n` })
    return undefined
  }
}
