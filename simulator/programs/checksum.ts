import type { ExitCode } from '../kernel/types.ts'
import type { Task } from '../time/tasks.ts'
import { attempt } from './attempt.ts'
import { command } from './command.ts'
import type { Call } from './command.ts'
import type { ProgramFamily } from './command.ts'
import { md5, sha1, sha256, textOfBytes, utf8Bytes } from './digests.ts'
import { linesOf, readInput } from './input.ts'
import type { InputErrors } from './input.ts'

function errorsOf(call: Call): InputErrors {
  return {
    open: (path, why) => call.gnu ? `${path}: ${why}` : `can't open '${path}': ${why}`,
    read: (path, why) => call.gnu ? `${path}: ${why}` : `can't read '${path}': ${why}`,
  }
}

function checksum(name: string, digest: (text: string) => string): ProgramFamily {
  return command({
    name,
    gnu: 'b|binary c|check t|text quiet status w|warn strict ignore-missing tag z|zero',
    busybox: 'c s w',
    * run(call) {
      if (call.has('c')) return yield* check(call, digest)
      for (const path of call.operands.length > 0 ? call.operands : ['-']) {
        const text = yield* readInput(call, path, errorsOf(call))
        if (text === undefined) continue
        yield* call.out(
          call.has('tag')
            ? `${name.replace('sum', '').toUpperCase()} (${path}) = ${digest(text)}\n`
            : `${digest(text)} ${call.has('b') ? '*' : ' '}${path}\n`,
        )
      }
      return call.exitCode
    },
  })
}

function* check(call: Call, digest: (text: string) => string): Task<ExitCode> {
  for (const path of call.operands.length > 0 ? call.operands : ['-']) {
    const list = yield* readInput(call, path, errorsOf(call))
    if (list === undefined) continue
    const entries = linesOf(list)
      .map((line) => /^([0-9a-f]{32,}) [ *](.*)$/.exec(line))
      .filter((match) => match !== null)
    if (entries.length === 0) {
      const shown = path === '-' ? "'standard input'" : path
      yield* call.complain(
        call.gnu
          ? `${shown}: no properly formatted checksum lines found`
          : `no checksum lines found`,
      )
    }
    yield* checkEntries(call, entries, digest)
  }
  return call.exitCode
}

function* checkEntries(
  call: Call,
  entries: readonly RegExpExecArray[],
  digest: (text: string) => string,
): Task {
  const quiet = call.has('status', 's')
  let wrong = 0
  let missing = 0
  for (const [, expected, name] of entries as unknown as readonly [string, string, string][]) {
    const read = attempt(() => call.process.files.readFile(call.process.absolute(name)))
    if (!read.ok) {
      missing++
      yield* call.complain(call.gnu ? `${name}: ${read.why}` : `can't open '${name}': ${read.why}`)
      if (!quiet) yield* call.out(`${name}: FAILED${call.gnu ? ' open or read' : ''}\n`)
      continue
    }
    const matches = digest(read.value) === expected
    if (!matches) wrong++
    if (!quiet && !(matches && call.has('quiet')))
      yield* call.out(`${name}: ${matches ? 'OK' : 'FAILED'}\n`)
  }
  if (missing + wrong > 0) call.exitCode = 1
  if (quiet || !call.gnu) {
    if (missing + wrong > 0 && !quiet)
      yield* call.complain(
        `WARNING: ${missing + wrong} of ${entries.length} computed checksums did NOT match`,
      )
    return
  }
  const were = (count: number, one: string, many: string): string =>
    `${count} ${count === 1 ? one : many}`
  if (missing > 0)
    yield* call.complain(
      `WARNING: ${were(missing, 'listed file', 'listed files')} could not be read`,
    )
  if (wrong > 0)
    yield* call.complain(
      `WARNING: ${were(wrong, 'computed checksum', 'computed checksums')} did NOT match`,
    )
}

export const md5sum = checksum('md5sum', md5)
export const sha1sum = checksum('sha1sum', sha1)
export const sha256sum = checksum('sha256sum', sha256)

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

export function encodeBase64(bytes: readonly number[]): string {
  let out = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const bits = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    for (let j = 0; j < 4; j++)
      out += i + j <= bytes.length ? alphabet[(bits >> (18 - j * 6)) & 63] : '='
  }
  return out
}

function decodeBase64(text: string): number[] | undefined {
  const clean = text.replace(/[\r\n]/g, '')
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(clean) || clean.length % 4 !== 0) return undefined
  const bytes: number[] = []
  const symbols = clean.replace(/=+$/, '')
  for (let i = 0; i < symbols.length; i += 4) {
    const chunk = [0, 1, 2, 3].map((j) => Math.max(0, alphabet.indexOf(symbols[i + j] ?? 'A')))
    const bits = (chunk[0]! << 18) | (chunk[1]! << 12) | (chunk[2]! << 6) | chunk[3]!
    const count = Math.min(3, Math.floor((symbols.length - i) * 6 / 8))
    for (let j = 0; j < count; j++) bytes.push((bits >> (16 - j * 8)) & 255)
  }
  return bytes
}

export const base64 = command({
  name: 'base64',
  gnu: 'd|decode i|ignore-garbage w|wrap:',
  busybox: 'd w:',
  * run(call) {
    const text =
      yield* readInput(call, call.operands[0] ?? '-', {
        open: (path, why) => `${path}: ${why}`,
        read: (path, why) => `${path}: ${why}`,
      })
    if (text === undefined) return 1
    if (call.has('d')) {
      const bytes = decodeBase64(call.has('i') ? text.replace(/[^A-Za-z0-9+/=]/g, '') : text)
      const decoded = bytes && textOfBytes(bytes)
      if (decoded === undefined)
        return yield* call.fail(
          bytes
            ? 'error: binary data is not simulated in Grace'
            : call.gnu
              ? 'invalid input'
              : 'truncated input',
        )
      yield* call.out(decoded)
      return 0
    }
    const encoded = encodeBase64(utf8Bytes(text))
    const width = Number(call.value('w') ?? 76)
    const lines = width > 0 ? encoded.match(new RegExp(`.{1,${width}}`, 'g')) ?? [] : [encoded]
    yield* call.out(lines.join('\n') + (width > 0 && encoded !== '' ? '\n' : ''))
    return 0
  },
})
