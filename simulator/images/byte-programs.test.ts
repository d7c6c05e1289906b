import { expect, it } from 'vitest'
import { busyboxImage } from './busybox.ts'
import { ImageBed } from './testbed.ts'
import { workstationNodes } from './workstation.ts'

// Answers of od, paste, cmp and the like are recorded (real-programs.test.ts); this is the rest.

function busybox(line: string): { out: string; err: string; exit: number } {
  const bed = new ImageBed(busyboxImage.nodes)
  bed.boot()
  return bed.run(line, { cwd: '/tmp', shell: 'sh' })
}

function workstation(line: string): { out: string; err: string; exit: number } {
  const bed = new ImageBed(workstationNodes, { LANG: 'C.UTF-8' })
  bed.boot()
  return bed.run(line, { cwd: '/tmp', shell: 'bash' })
}

it("BusyBox' comm, which Debian's busybox was built without, does not mind the order", () => {
  expect(busybox("printf 'b\\na\\n' > x; printf 'a\\nc' > y; comm x y"))
    .toEqual({ out: '\ta\nb\na\n\tc\n', err: '', exit: 0 })
  expect(busybox('comm x').err).toContain('Usage: comm [-123] FILE1 FILE2\n')
})

it('GNU dd tells how long it took, the same in every run of a lab', () => {
  const dd = (): string => workstation('dd if=/dev/zero of=x bs=1k count=4').err
  expect(dd()).toMatch(/^4\+0 records in\n4\+0 records out\n4096 bytes \(4\.1 kB, 4\.0 KiB\) /)
  expect(dd()).toMatch(/ copied, [\de.-]+ s, [\d.]+ [kM]B\/s\n$/)
  expect(dd()).toBe(dd())
})

it('dd says what bytes it cannot keep, and fills a disk only to its end', () => {
  const half = workstation('printf é | dd bs=1 count=1 status=none')
  expect(half.err).toBe('dd: error: binary data is not simulated in Grace\n')
  const full = busybox('dd if=/dev/zero of=x bs=64k count=100')
  expect(full.err).toContain("dd: error writing 'x': No space left on device\n")
  expect(full.exit).toBe(1)
})

it('a dd that waits tells on SIGUSR1 how far it is, and dies of an interrupt', () => {
  const line = 'sleep 2 | dd status=noxfer & sleep 0.5; kill -USR1 $!; sleep 0.5; kill -INT $!'
  const told = '0+0 records in\n0+0 records out\n'
  expect(workstation(`set -m; ${line}; wait $!; echo $?`).out).toBe('130\n')
  expect(workstation(`set -m; ${line}; wait $!`).err).toContain(told + told)
})

it.each([
  "hexdump -e '999999999/1 \"%02x\"' /etc/passwd", "hexdump -e '\"%999999999d\"' /etc/passwd",
  "hexdump -e '999999999 \"a\"' /etc/passwd", 'od -w999999999 -tx1 /etc/passwd',
  'dd if=/etc/passwd of=x bs=1M seek=999999', 'dd if=/etc/passwd of=x conv=notrunc bs=1M seek=9999',
])('%s costs the host nothing', (line) => {
  expect(busybox(line)).toMatchObject({ out: '', exit: 1 })
  expect(busybox(line).err).toMatch(/^\w+: error: .* is not simulated in Grace\n$/)
})

it('shuf shuffles by the chance of the lab', () => {
  const shuf = (line: string, seed: number): string => {
    const bed = new ImageBed(workstationNodes, {}, seed)
    bed.boot()
    return bed.run(line, { shell: 'bash' }).out
  }
  expect(shuf('shuf -i 1-50', 1)).toBe(shuf('shuf -i 1-50', 1))
  expect(shuf('shuf -i 1-50', 1)).not.toBe(shuf('shuf -i 1-50', 2))
  const [first, second] = shuf('shuf -i 1-50; echo; shuf -i 1-50', 1).split('\n\n')
  expect(first).not.toBe(second?.trimEnd())
  expect(shuf('shuf -i 1-50 | sort -n | uniq | wc -l', 3)).toBe('50\n')
  expect(shuf('shuf -n 2 -i 1-9999999999 | wc -l', 4)).toBe('2\n')
  expect(workstation('shuf -i 1-9999999999').err).toBe('shuf: memory exhausted\n')
})

it.each(['mkfifo', 'mknod'])('%s is there and says that it is not simulated', (name) => {
  const answer = { out: '', err: `error: ${name} is not simulated in Grace\n`, exit: 1 }
  expect(busybox(`${name} x`)).toEqual(answer)
  expect(workstation(`${name} x`)).toEqual(answer)
})

it('ulimit -n is a limit of the process and of what it starts, in the words of each shell', () => {
  const line = 'ulimit -n; ulimit -S -n 50; ulimit -n; ulimit -Hn; ulimit -n 60; sh -c "ulimit -n"'
  for (const shell of [busybox, workstation]) {
    expect(shell(line)).toEqual({ out: '256\n50\n256\n60\n', err: '', exit: 0 })
    expect(shell('ulimit -n 200000000; echo $?').out).toBe('1\n')
  }
  expect(workstation('ulimit -n abc').err).toBe('bash: line 1: ulimit: abc: invalid number\n')
  expect(workstation('ulimit -n unlimited').err)
    .toBe('bash: line 1: ulimit: open files: cannot modify limit: Operation not permitted\n')
  expect(busybox('ulimit -n abc').err).toBe("sh: invalid number 'abc'\n")
  expect(busybox('ulimit -n 9999999').err)
    .toBe('sh: error setting limit: Operation not permitted\n')
  expect(busybox('ulimit -Z; echo $?')).toMatchObject({
    out: '1\n', err: "ulimit: invalid option -- 'Z'\n",
  })
  expect(workstation('ulimit -n 3; cat /etc/hostname').err).toContain('Too many open files')
})

it.each(['bash', 'sh'])('%s with hardly a file to open complains and goes on', (shell) => {
  const bed = new ImageBed(shell === 'bash' ? workstationNodes : busyboxImage.nodes)
  bed.boot()
  const ran = bed.run('ulimit -n 2; echo hi > /tmp/x; x=$(echo a | cat); echo $?; ulimit -n', {
    shell,
  })
  expect(ran.err).not.toMatch(/undefined|\.ts:|Error:/)
  expect(ran.exit).toBeGreaterThanOrEqual(0)
})
