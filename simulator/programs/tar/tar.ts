import { strerror } from '../../kernel/errors.ts'
import type { ExitCode, Fd } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { attempt } from '../attempt.ts'
import { command } from '../command.ts'
import type { Call, Dialect, Refusal } from '../command.ts'
import { create } from './create.ts'
import { Job } from './job.ts'
import { unpack } from './unpack.ts'

// Real archives of text: see header.ts. Compression gives bytes that are none, so -z, -j and -J
// are not simulated.
export const tar = command({
  name: 'tar',
  gnu: 'c|create x|extract !get t|list f|file: v|verbose C|directory: O|to-stdout m|touch '
    + 'h|dereference p|preserve-permissions same-permissions k|keep-old-files P|absolute-names overwrite '
    + 'no-same-owner no-same-permissions same-owner numeric-owner exclude: strip-components: '
    + 'wildcards no-wildcards no-recursion recursion usage !A|catenate !concatenate !delete '
    + '!d|diff !compare !r|append !u|update !test-label !z|gzip !gunzip !ungzip !j|bzip2 !J|xz '
    + '!Z|compress !uncompress !lzip !lzma !lzop !zstd !a|auto-compress !no-auto-compress '
    + '!I|use-compress-program: !T|files-from: !X|exclude-from: !W|verify !verbatim-files-from '
    + '!G|incremental !g|listed-incremental: !M|multi-volume !L|tape-length: !F|info-script: '
    + '!S|sparse !s|preserve-order !H|format: !old-archive !portability !posix !V|label: '
    + '!b|blocking-factor: !B|read-full-records !i|ignore-zeros !record-size: !remove-files !U|unlink-first '
    + '!recursive-unlink !skip-old-files !keep-newer-files !keep-directory-symlink '
    + '!no-overwrite-dir !overwrite-dir !one-top-level:? !to-command: !owner: !group: !mode: '
    + '!mtime: !clamp-mtime !sort: !N|newer: !after-date: !newer-mtime: !K|starting-file: '
    + '!transform: !xform: !R|block-number !w|interactive !confirmation !totals:? !utc !full-time '
    + '!checkpoint:? !checkpoint-action: !index-file: !show-defaults !show-transformed-names '
    + '!warning: !quoting-style: !acls !selinux !xattrs !one-file-system !exclude-vcs !null '
    + '!add-file: !backup:? !suffix: !hard-dereference !occurrence:? !ignore-failed-read',
  busybox: 'c|create x|extract t|list f|file: v|verbose C|directory: O|to-stdout m|touch '
    + 'o|no-same-owner p|same-permissions k|keep-old h|dereference numeric-owner no-recursion '
    + 'overwrite no-same-permissions strip-components: !z|gzip !j|bzip2 !J|xz !Z|compress '
    + '!a|auto-compress !lzma !to-command:',
  misuseCode: { gnu: 64, busybox: 1 },
  rewrite: oldOptions,
  * run(call) {
    const modes = call.given.filter(({ key }) => ['c', 'x', 't'].includes(key))
    const wrong = yield* checkMode(call, new Set(modes.map(({ key }) => key)).size)
    if (wrong !== undefined) return wrong
    const strip = Number(call.value('strip-components') ?? 0)
    if (!Number.isInteger(strip) || strip < 0) {
      const words = call.value('strip-components')!
      if (call.gnu) return yield* call.misuse(`${words}: Invalid number of elements`, 2)
      return yield* call.fail(`invalid number '${words}'`)
    }
    return yield* start(call, strip)
  },
})

/** `tar xf FILE`: letters without a dash, whose arguments follow in their order. */
function oldOptions(args: readonly string[], dialect: Dialect): readonly string[] | Refusal {
  const [letters, ...rest] = args
  if (letters === undefined || letters === '' || letters.startsWith('-')) return args
  const options: string[] = []
  for (const letter of letters) {
    options.push(`-${letter}`)
    if (!'fCTXIbgHLVKNF'.includes(letter)) continue
    const value = rest.shift()
    if (value === undefined && dialect === 'gnu') {
      return { refusal: `Old option '${letter}' requires an argument.`, code: 2 }
    }
    if (value !== undefined) options.push(value)
  }
  return [...options, ...rest]
}

/** Undefined if exactly one thing is to be done, and there is something to do it with. */
function* checkMode(call: Call, modes: number): Task<ExitCode | undefined> {
  const all = "'-Acdtrux', '--delete' or"
  if (modes !== 1) {
    return yield* call.misuse(!call.gnu ? undefined : modes === 0
      ? `You must specify one of the ${all} '--test-label' options`
      : `You may not specify more than one ${all}  '--test-label' option`, call.gnu ? 2 : 1)
  }
  if (!call.has('c') || call.operands.length > 0) return undefined
  return call.gnu
    ? yield* call.misuse('Cowardly refusing to create an empty archive', 2)
    : yield* call.fail('empty archive')
}

function* start(call: Call, strip: number): Task<ExitCode> {
  if (call.gnu && call.has('c') && isPositional(call)) {
    return yield* call.notSimulated('-C between the files', 2)
  }
  const path = call.value('f') ?? '-'
  const fd = path === '-' ? (call.has('c') ? 1 : 0) : openArchive(call, path)
  const complaints = new Job(call, 2, 1)
  if (typeof fd === 'string') {
    return yield* complaints.die(call.gnu
      ? `${path}: Cannot open: ${fd}` : `can't open '${path}': ${fd}`)
  }
  if (call.gnu && call.process.isTty(fd)) {
    const does = call.has('c') ? 'write archive contents to' : 'read archive contents from'
    return yield* complaints.die(`Refusing to ${does} terminal (missing -f option?)`)
  }
  const away = enter(call)
  if (away !== undefined) {
    return yield* complaints.die(call.gnu ? `${away.path}: Cannot open: ${away.why}`
      : `can't change directory to '${away.path}': ${away.why}`)
  }
  // Names go where they do not mix with the archive, or with what is taken out of it.
  const toStderr = call.has('c') ? fd === 1 : call.gnu && call.has('O')
  const job = new Job(call, fd, toStderr ? 2 : 1)
  const code = call.has('c') ? yield* create(job, call.operands)
    : yield* unpack(job, call.operands, strip)
  call.close(fd)
  return code
}

/** GNU tar goes to each directory when it comes to it: that order is not kept here. */
function isPositional({ process, given, operands }: Call): boolean {
  const directories = given.filter(({ key }) => key === 'C')
  if (directories.length === 0) return false
  const first = process.argv.indexOf(operands[0]!, 2)
  const last = process.argv.findLastIndex((word) => word.startsWith('--directory') || word === '-C')
  return directories.length > 1 || last > first
}

function openArchive(call: Call, path: string): Fd | string {
  const flags = call.has('c') ? { write: true, create: true, truncate: true } : { read: true }
  const opened = attempt(() => call.process.open(path, flags))
  return opened.ok ? opened.value : strerror(opened.code)
}

/** Goes where -C says; the directory it could not enter. */
function enter(call: Call): { readonly path: string; readonly why: string } | undefined {
  const { process } = call
  for (const path of call.values('C')) {
    const full = process.absolute(path)
    const stat = attempt(() => process.files.stat(full))
    if (!stat.ok) return { path, why: stat.why }
    if (stat.value.kind !== 'directory') return { path, why: 'Not a directory' }
    process.cwd = full
  }
  return undefined
}
