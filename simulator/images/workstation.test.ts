import { describe, expect, test } from 'vitest'
import { connectInternet } from '../internet.ts'
import { ImageBed } from './testbed.ts'
import { workstationNodes } from './workstation.ts'

function workstation(): ImageBed {
  const bed = new ImageBed(workstationNodes, { LANG: 'C.UTF-8' })
  bed.boot()
  connectInternet(bed.network)
  return bed
}

describe('nano', () => {
  function edit(
    keys: readonly string[],
    text: string,
  ): { readonly bed: ImageBed; readonly screens: string[] } {
    const bed = workstation()
    bed.files.writeFile('/root/n.txt', text)
    const { tty } = bed.terminal(['nano', 'n.txt'], { columns: 80, rows: 24 }, '/root')
    const screens = [bed.screen]
    for (const key of keys) {
      bed.screen = ''
      tty.input(key)
      bed.pass(5)
      screens.push(bed.screen)
    }
    return { bed, screens }
  }

  test('shows the file as the real one does', () => {
    const { screens } = edit([], 'one\ntwo\tx\nthree\n')
    expect(screens[0]).toContain(`  GNU nano 7.2${' '.repeat(25)}n.txt${' '.repeat(36)}`)
    expect(screens[0]).toContain('two     x')
    expect(screens[0]).toContain(`${' '.repeat(32)}\x1b[7m[ Read 3 lines ]`)
  })

  test('types, saves and leaves', () => {
    const { bed, screens } = edit(['x', '\x0f', '\r', '\x18'], 'one\n')
    expect(screens[1]).toContain('Modified')
    expect(screens[2]).toContain('File Name to Write: n.txt')
    expect(screens[3]).toContain('[ Wrote 1 line ]')
    expect(screens[4]).toBe('\x1b[?1049l')
    expect(bed.files.readFile('/root/n.txt')).toBe('xone\n')
  })

  test('cuts, pastes, undoes', () => {
    const { bed } = edit(
      ['\x0b', '\x0b', '\x1b[B', '\x15', 'z', '\x1bu', '\x18', 'y', '\r'],
      'a\nb\nc\n',
    )
    expect(bed.files.readFile('/root/n.txt')).toBe('c\na\nb\n')
  })

  test('searches around the end', () => {
    const { screens } = edit(['\x17', 'a\r', '\x03'], 'ab\nxx\nxa\n')
    expect(screens[3]).toContain('[ line  3/4 (75%), col  2/ 3 ( 66%), char 7/9 (77%) ]')
  })

  test('asks before it throws changes away', () => {
    const { bed, screens } = edit(['q', '\x18', 'n'], 'a\n')
    expect(screens[2]).toContain('Save modified buffer?')
    expect(bed.files.readFile('/root/n.txt')).toBe('a\n')
  })
})

describe('curl', () => {
  test('fetches from the simulated internet', () => {
    const { out } = workstation().run(
      'curl -sL https://k8s.io/examples/pods/lifecycle-events.yaml | head -2',
      { shell: 'bash' },
    )
    expect(out).toBe('apiVersion: v1\nkind: Pod\n')
  })

  test('exit codes and their sentences', () => {
    const run = (line: string): string => {
      const { err, exit } = workstation().run(line, { shell: 'bash', seconds: 200 })
      return `${exit} ${err}`
    }
    expect(run('curl -sS http://nosuchhost.invalid/')).toBe(
      '6 curl: (6) Could not resolve host: nosuchhost.invalid\n',
    )
    expect(run('curl -sS http://localhost:81/')).toBe(
      "7 curl: (7) Failed to connect to localhost port 81 after 0 ms: Couldn't connect to server\n")
    expect(run('curl -sSf https://k8s.io/nope')).toBe(
      '22 curl: (22) The requested URL returned error: 404\n',
    )
    expect(run('curl -sS -m 2 http://10.99.0.1/')).toBe(
      '28 curl: (28) Connection timed out after 2000 milliseconds\n',
    )
    expect(run('curl -sS http://10.99.0.1/')).toMatch(
      /^28 curl: \(28\) Failed to connect to 10.99.0.1 port 80 after 127\d{3} ms/,
    )
  })
})

test('ps and pgrep of procps', () => {
  const bed = workstation()
  const { out } = bed.run(
    'sleep 50 & ps -o pid,ppid,stat,comm -C sleep; pgrep -a sleep; ps aux | head -1',
    { shell: 'bash' },
  )
  expect(out).toMatch(
    new RegExp(
      '^  PID  PPID STAT COMMAND\\n +\\d+ +\\d+ S    sleep\\n\\d+ sleep 50\\n'
        + 'USER       PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\\n$',
    ),
  )
})

test('watch repeats a command until Ctrl-C', () => {
  const bed = workstation()
  bed.files.writeFile('/tmp/n', 'one\n')
  const { tty, ran } = bed.terminal(['watch', '-n', '1', 'cat', '/tmp/n'], { columns: 70, rows: 6 })
  const title = 'Every 1.0s: cat /tmp/n'.padEnd(41)
  expect(bed.screen).toBe(
    `\x1b[?1049h\x1b[H\x1b[J${title}web: Sat Nov 21 03:00:00 2026\r\n\r\none`)
  bed.files.writeFile('/tmp/n', 'two\n')
  bed.pass(1000)
  expect(bed.screen).toContain('03:00:01 2026\r\n\r\ntwo')
  tty.input('\x03')
  bed.pass(1)
  expect(ran.exit).toBe(0)
})

test('less shows a long text page by page', () => {
  const bed = workstation()
  bed.run('seq 100 > /tmp/n', { shell: 'bash' })
  const { tty, ran } = bed.terminal(['less', '/tmp/n'], { columns: 40, rows: 6 })
  expect(bed.screen).toBe('\x1b[?1049h\x1b[H\x1b[J1\r\n2\r\n3\r\n4\r\n5\r\n\x1b[7m/tmp/n\x1b[27m')
  bed.screen = ''
  tty.input(' ')
  bed.pass(1)
  expect(bed.screen).toBe('\x1b[H\x1b[J6\r\n7\r\n8\r\n9\r\n10\r\n:')
  tty.input('q')
  bed.pass(1)
  expect(ran.exit).toBe(0)
})
