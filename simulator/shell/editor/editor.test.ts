import { describe, expect, it } from 'vitest'
import type { Fd, OpenFile } from '../../kernel/types.ts'
import type { CreateShellOptions } from '../shell.ts'
import { shellTestbed } from '../testbed.ts'

/** bash at a terminal; `type` gives what was printed since. */
function terminal(options: CreateShellOptions & { readonly columns?: number } = {}) {
  const bed = shellTestbed('bash', options)
  bed.files.mkdir('/home/work/notes', { parents: true })
  bed.files.writeFile('/home/work/pod.yaml', 'kind: Pod\n')
  bed.files.writeFile('/home/work/a file', '')
  let printed = ''
  const tty = bed.kernel.createTty({
    name: '/dev/pts/0', size: { columns: options.columns ?? 80, rows: 24 },
    onOutput: (text) => { printed += text },
  })
  const file = bed.kernel.openTty(tty)
  const fds = new Map<Fd, OpenFile>([[0, file], [1, file], [2, file]])
  bed.machine.start({ argv: ['init'], fds: new Map() })
  const shell = bed.machine.start({
    argv: ['bash', '--norc'], fds, tty, newSession: true, cwd: '/home/work',
    env: new Map([['HOME', '/home/work'], ['PATH', '/bin'], ['PS1', '$ ']]),
  })
  bed.run(10)
  printed = ''
  const type = (text: string): string => {
    printed = ''
    tty.input(text)
    bed.run(10)
    return printed
  }
  /** What was printed since the last look. */
  const taken = (): string => {
    const text = printed
    printed = ''
    return text
  }
  return { bed, tty, shell, type, taken }
}

const ended = '\r\n\x1b[?2004l\r'
const prompt = '\x1b[?2004h$ '

describe('the line editor', () => {
  it('moves over wide characters by their width', () => {
    const { type } = terminal()
    expect(type('echo 你好')).toBe('echo 你好')
    expect(type('\x1b[D')).toBe('\b\b')
    expect(type('x')).toBe('\x1b[1@x')
    expect(type('\x7f')).toBe('\b\x1b[1P')
    expect(type('\r')).toBe(`好${ended}你好\r\n${prompt}`)
  })

  it('wraps at the right edge and comes back', () => {
    const { type } = terminal({ columns: 10 })
    expect(type('echo 678')).toBe('echo 678 \r')
    expect(type('9')).toBe('9')
    expect(type('\x7f')).toBe('\b \b')
    expect(type('\x01')).toBe('\x1b[1A\r\x1b[2C')
    expect(type('\x05\r')).toBe(`\x1b[B\r${ended}678\r\n${prompt}`)
  })

  it('prints the same bytes however fast one types', () => {
    const lines = [
      'echo one two', 'echo 你好 x 🙂 y',
      'echo abc\x1b[D\x1b[Dzz\x1f\x1f\x1f', 'echo ab\x15echo c\x19',
      'echo a long line that wraps once and goes on', '\x12long\x1b[C', 'cat p\tx', 'a\x03b',
    ]
    for (const columns of [12, 40]) {
      const quick = terminal({ columns })
      const slow = terminal({ columns })
      for (const line of lines) {
        const keys = [...`${line}\r`]
        expect(quick.type(keys.join(''))).toBe(keys.map((key) => slow.type(key)).join(''))
      }
    }
  })

  it('draws the line again when the window changes', () => {
    const { bed, tty, type, taken } = terminal()
    type('echo some text')
    taken()
    tty.resize({ columns: 12, rows: 24 })
    bed.run(10)
    // The terminal has broken the line in two: up to its first row, and all again.
    expect(taken()).toBe('\x1b[1A\r\r$ echo some text\x1b[J')
  })

  it('takes a paste of several lines as text, and runs it line by line', () => {
    const { type } = terminal()
    expect(type('\x1b[200~echo a\necho b\x1b[201~')).toBe('echo a\r\n\recho b')
    expect(type('\r')).toBe(`${ended}a\r\nb\r\n${prompt}`)
    expect(type('\x1b[A\x1b[A')).toBe('echo b\ba')
  })

  it('searches backwards through the history', () => {
    const { type } = terminal()
    type('echo first\r')
    type('echo second\r')
    type('\x12fir')
    expect(type('\r')).toContain(`${ended}first\r\n`)
  })

  it('leaves what is typed ahead to the command that reads it', () => {
    const { bed, type, taken } = terminal()
    type('read x; sleep 0.1; read y; echo "[$x][$y]"\r')
    type('one\r')
    expect(type('two\r')).toBe('two\r\n')
    taken()
    bed.run(100)
    expect(taken()).toBe(`[one][two]\r\n${prompt}`)
  })

  it('keeps the history in a file', () => {
    const { bed, type } = terminal()
    type('echo kept\r')
    type('exit\r')
    expect(bed.files.readFile('/home/work/.bash_history')).toBe('echo kept\nexit\n')
  })

  it('ends when the line is hung up, and what it started with it', () => {
    const { bed, tty, shell, type } = terminal()
    type('sleep 100\r')
    tty.hangUp()
    bed.run(10)
    expect(shell.ended).toBeDefined()
    expect([...bed.machine.processes.values()].map((one) => one.command)).toEqual(['init'])
  })
})

describe('Tab', () => {
  it('completes files, with a slash for directories and escapes for blanks', () => {
    const { type } = terminal()
    expect(type('cat p\t')).toBe('cat pod.yaml ')
    expect(type('\x15ls n\t')).toMatch(/ls notes\/$/)
    expect(type('\x15ls a\t')).toMatch(/ls a\\ file $/)
  })

  it('asks the completer of the command, and lists on the second Tab', () => {
    const asked: (readonly [readonly string[], number])[] = []
    const completers = new Map([['kubectl', (words: readonly string[], current: number) => {
      asked.push([words, current])
      return ['pods', 'podtemplates', '--output=', 'nodes'].filter((one) =>
            one.startsWith(words[current]!)
          )
    }]])
    const { type } = terminal({ completers })
    expect(type('kubectl get po\t')).toBe('kubectl get po\x07d')
    expect(asked[0]).toEqual([['kubectl', 'get', 'po'], 2])
    expect(type('\t')).toBe('\x07')
    expect(type('\t')).toBe('\r\npods          podtemplates  \r\n$ kubectl get pod')
    expect(type('s\t --o\t')).toBe('s  --output=')
    expect(type('\x15cat x; kubectl n\t')).toMatch(/kubectl nodes $/)
  })

  it('offers only directories to cd where completion is installed', () => {
    const { type } = terminal({ completers: new Map() })
    expect(type('cd \t')).toBe('cd \x07')
    const rich = terminal({ completers: new Map([['kubectl', () => []]]) })
    expect(rich.type('cd \t')).toBe('cd notes/')
  })
})

it('an observer hears of every line typed and of its end', () => {
  const heard: string[] = []
  const { type } = terminal({
    observer: (_, line) => {
      heard.push(line)
      return (exitCode) => heard.push(`${line} ended ${exitCode}`)
    },
  })
  type('true\rfalse\r')
  expect(heard).toEqual(['true', 'true ended 0', 'false', 'false ended 1'])
})
