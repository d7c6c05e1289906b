import type {
  AndOr, Case, CommandNode, CompoundList, FunctionNode, HereDoc, If, Pipeline, Redirection, Source,
  Statement,
} from '../parse.ts'
import { caseHead, loopHead } from './heads.ts'
import { redirectionText, headerText } from './redirection-text.ts'
import { testText } from './test-text.ts'
import { wordText } from './word-text.ts'

type Node = AndOr | CommandNode | CompoundList | Pipeline

const step = 4

/**
 * A command as bash writes it again: in `declare -f` on lines of their own, in `jobs`,
 * `$BASH_COMMAND` and `$( )` in one line. Models print_cmd.c make_command_string_internal.
 */
export class CommandPrinter {
  private out = ''
  private indentation = 0
  /** The next command stands behind something on its line. */
  private inLine = true
  private functions = 0
  private connections = 0
  private deferred: HereDoc[] = []
  private afterHereDocument = false

  constructor(private readonly source: Source) {}

  /** One command, or a list of them, in a line. */
  line(node: Node): string {
    this.node(node)
    this.hereDocuments('')
    return this.out
  }

  list(statements: readonly Statement[]): string {
    this.statements(statements)
    this.hereDocuments('')
    return this.out
  }

  /** `name () { … }`, as `type` and `declare -f` show it. */
  definition(node: FunctionNode): string {
    this.out = `${node.name.text} () \n`
    this.body(node)
    return this.out
  }

  private body({ body }: FunctionNode): void {
    const whole = body.type === 'Redirected' ? body.command : body
    const group = whole.type === 'BraceGroup'
    this.functions++
    this.out += '{ \n'
    this.indentation += step
    this.inLine = false
    if (whole.type === 'BraceGroup') this.statements(whole.body.commands)
    else this.node(group ? whole : body)
    this.hereDocuments('')
    this.indentation -= step
    this.functions--
    this.newline('}')
    if (group && body.type === 'Redirected') this.redirections(body.redirects)
  }

  private statements(statements: readonly Statement[]): void {
    if (statements.length > 1 || statements[0]?.background) this.connections++
    for (const [index, { command, background }] of statements.entries()) {
      this.node(command)
      const last = index === statements.length - 1
      if (background) {
        this.out += last ? ' &' : ' & '
        this.inLine = !last
      } else if (!last) this.separate()
    }
    if (statements.length > 1 || statements[0]?.background) this.connections--
    if (this.connections === 0) this.hereDocuments('')
  }

  private separate(): void {
    if (this.deferred.length > 0) this.hereDocuments(this.functions > 0 ? '' : ';')
    else if (!this.afterHereDocument) this.out += ';'
    this.afterHereDocument = false
    this.inLine = this.functions === 0
    this.out += this.inLine ? ' ' : '\n'
  }

  private node(node: Node): void {
    if (node.type === 'CompoundList') return this.statements(node.commands)
    if (node.type === 'AndOr' || (node.type === 'Pipeline' && node.commands.length > 1)) {
      return this.connection(node)
    }
    if (node.type === 'Pipeline') {
      this.prefixes(node)
      return node.commands[0] && this.node(node.commands[0])
    }
    if (this.inLine) this.inLine = false
    else this.out += ' '.repeat(this.indentation)
    this.command(node)
  }

  private connection(node: AndOr | Pipeline): void {
    this.connections++
    if (node.type === 'Pipeline') this.prefixes(node)
    for (const [index, command] of node.commands.entries()) {
      if (index > 0) {
        this.connect(node.operators[index - 1]!)
      }
      this.node(command)
    }
    this.connections--
  }

  private connect(operator: string): void {
    const waits = this.deferred.length > 0
    if (operator === '|&') this.out += ' 2>&1 |'
    else this.out += operator === '|' ? ' |' : ` ${operator}${waits ? ' ' : ''}`
    this.hereDocuments('')
    this.out += waits && operator.startsWith('|') && operator !== '||' ? '  ' : ' '
    this.inLine = true
  }

  private prefixes({ prefixes }: Pipeline): void {
    for (const prefix of prefixes) {
      if (!this.inLine) this.out += ' '.repeat(this.indentation)
      this.inLine = true
      if (prefix.type === 'Negation') this.out += '! '
      else this.out += prefix.posix ? 'time -p ' : 'time '
    }
  }

  private command(node: CommandNode): void {
    switch (node.type) {
      case 'Command': {
        const words = [...node.prefix, ...(node.name ? [node.name] : []), ...node.suffix]
          .flatMap((one) => (one.type === 'Word' || one.type === 'Assignment' ? [one] : []))
        this.out += words.map((one) => wordText(this.source, one)).join(' ')
        return this.redirections(node.redirects, words.length > 0)
      }
      case 'Redirected':
        this.command(node.command)
        return this.redirections(node.redirects)
      case 'BraceGroup': return this.group(node.body)
      case 'Subshell':
        this.inside('( ', node.body)
        this.hereDocuments('')
        this.out += ' )'
        return
      case 'If': return this.condition(node)
      case 'While':
        this.inside(`${node.kind} `, node.clause)
        this.semicolon()
        this.out += ' do\n'
        return this.loop(node.body)
      case 'For': case 'Select': {
        this.out += `${loopHead(this.source, node)};`
        this.newline('do\n')
        return this.loop(node.body)
      }
      case 'Case': return this.choice(node)
      default: return this.special(node)
    }
  }

  private special(node: CommandNode): void {
    const { text } = this.source
    switch (node.type) {
      case 'ArithmeticFor': {
        const parts = [node.initialize, node.test, node.update]
          .map((part) => (part ? text.slice(part.pos, part.end) : '1'))
        this.out += `for ((${parts.join('; ')}))`
        this.newline('do\n')
        return this.loop(node.body)
      }
      case 'ArithmeticCommand': this.out += `((${node.body}))`; return
      case 'TestCommand':
        this.out += `[[ ${testText(this.source, node.expression)} ]]`
        return
      case 'Function':
        this.out += `function ${node.name.text} () \n${' '.repeat(this.indentation)}`
        return this.body(node)
      case 'Coproc':
        this.out += `coproc ${node.name?.text ?? 'COPROC'} `
        this.inLine = true
        return this.node(node.body)
      default: this.out += text.slice(node.pos, node.end)
    }
  }

  private inside(opening: string, list: CompoundList): void {
    this.out += opening
    this.inLine = true
    this.statements(list.commands)
  }

  private group(list: CompoundList): void {
    this.out += '{ '
    if (this.functions === 0) {
      this.inLine = true
      this.statements(list.commands)
      this.hereDocuments('')
      this.semicolon()
      this.out += ' }'
      return
    }
    this.out += '\n'
    this.indented(list)
    this.hereDocuments('')
    this.newline('}')
  }

  private loop(list: CompoundList): void {
    this.indented(list)
    this.hereDocuments('')
    this.semicolon()
    this.newline('done')
  }

  private indented(list: CompoundList): void {
    this.indentation += step
    this.inLine = false
    this.statements(list.commands)
    this.hereDocuments('')
    this.indentation -= step
  }

  /** An `elif` is an `if` inside the `else`. */
  private condition(node: If): void {
    const branches = [{ clause: node.clause, then: node.then }, ...node.elif]
    for (const [index, { clause, then }] of branches.entries()) {
      if (index > 0) {
        this.semicolon()
        this.newline('else\n')
        this.indentation += step
        this.out += ' '.repeat(this.indentation)
      }
      this.inside('if ', clause)
      this.semicolon()
      this.out += ' then\n'
      this.indented(then)
    }
    if (node.else) {
      this.semicolon()
      this.newline('else\n')
      this.indented(node.else)
    }
    for (const [index] of branches.entries()) {
      if (index > 0) this.indentation -= step
      this.semicolon()
      this.newline('fi')
    }
  }

  private choice(node: Case): void {
    this.out += caseHead(this.source, node)
    this.indentation += step
    for (const { pattern, body, terminator } of node.items) {
      this.newline(`${pattern.map((one) => wordText(this.source, one)).join(' | ')})\n`)
      this.indented(body)
      this.newline(terminator ?? ';;')
    }
    this.indentation -= step
    this.newline('esac')
  }

  private redirections(list: readonly Redirection[], spaced = true): void {
    if (list.length === 0) return
    const texts = list.map((one) =>
      one.type === 'HereDoc' ? headerText(one) : redirectionText(this.source, one))
    this.out += (spaced ? ' ' : '') + texts.join(' ')
    for (const one of list) if (one.type === 'HereDoc') this.deferred.push(one)
    if (this.connections === 0) this.hereDocuments('')
  }

  /** The bodies of here-documents whose line is complete. */
  private hereDocuments(between: string): void {
    if (this.deferred.length === 0) return
    this.out += `${between}\n`
    for (const { body, delimiter, operator } of this.deferred) {
      const text = operator === '<<-' ? body.text.replace(/^\t+/gm, '') : body.text
      this.out += `${text}${delimiter?.value ?? ''}\n`
    }
    this.deferred = []
    this.afterHereDocument = true
  }

  private semicolon(): void {
    if (!this.out.endsWith('&') && !this.out.endsWith('\n')) this.out += ';'
  }

  private newline(text: string): void {
    this.out += `\n${' '.repeat(this.indentation)}${text}`
  }
}

/** A command in one line. */
export function commandText(source: Source, node: Node): string {
  return new CommandPrinter(source).line(node)
}
