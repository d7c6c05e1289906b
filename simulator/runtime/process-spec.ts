import type { Image } from '../images/types.ts'
import type { SyscallError } from '../kernel/errors.ts'
import { strerror } from '../kernel/errors.ts'
import type { FileTree } from '../kernel/files.ts'
import { groupsOfUser } from '../kernel/groups.ts'
import type { Groups } from '../kernel/types.ts'
import type { ContainerConfig } from './types.ts'

const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** How a container's processes are started: its main one, and those of exec. */
export interface ProcessSpec {
  readonly argv: readonly string[]
  readonly env: ReadonlyMap<string, string>
  readonly cwd: string
  readonly user: string
  readonly groups: Groups
}

/** Models containerd's container_create_linux.go: the image's settings under those of the pod. */
export function processSpec(
  config: ContainerConfig, image: Image, hostname: string, files: FileTree,
): ProcessSpec {
  const command = config.command.length ? config.command : image.entrypoint
  const args = config.args.length || config.command.length ? config.args : image.command
  const env = new Map(image.env)
  if (!env.has('PATH')) env.set('PATH', defaultPath)
  env.set('HOSTNAME', hostname)
  if (config.tty) env.set('TERM', 'xterm')
  for (const [name, value] of config.env) env.set(name, value)
  const account = accountOf(files, config.user ?? image.user)
  if (!env.has('HOME')) env.set('HOME', account.home)
  return {
    argv: [...command, ...args], env, user: account.name,
    groups: groupsOfUser(files, account.name, {
      primary: config.primaryGroup, others: config.otherGroups,
    }),
    cwd: config.workingDirectory || image.workingDirectory || '/',
  }
}

/** The user by name or number, as /etc/passwd of the image has it. */
function accountOf(
  files: FileTree, user: string,
): { readonly name: string; readonly home: string } {
  const wanted = user.split(':')[0] || 'root'
  const lines = files.exists('/etc/passwd') ? files.readFile('/etc/passwd').split('\n') : []
  for (const line of lines) {
    const [name = '', , uid = '', , , home = '/'] = line.split(':')
    if (name === wanted || uid === wanted) return { name, home }
  }
  const isRoot = wanted === 'root' || wanted === '0'
  return { name: isRoot ? 'root' : wanted, home: isRoot ? '/root' : '/' }
}

/** Models Go's os.PathError of a failed execve: by the path that was found for the command. */
export function execFailure(spec: ProcessSpec, files: FileTree, { code }: SyscallError): string {
  const word = spec.argv[0] ?? ''
  const places = (spec.env.get('PATH') ?? '').split(':').map((place) => `${place}/${word}`)
  const path = word.includes('/') ? word : places.find((place) => files.isExecutable(place)) ?? word
  return `exec ${path}: ${strerror(code).toLowerCase()}`
}

/** Models runc's exec.LookPath: why a command cannot be started, or undefined. */
export function commandFailure(spec: ProcessSpec, files: FileTree): string | undefined {
  const word = spec.argv[0] ?? ''
  const text = (why: string): string => `exec: "${word}": ${why}`
  if (word.includes('/')) return pathFailure(word, spec.cwd, files, text)
  for (const directory of (spec.env.get('PATH') ?? '').split(':')) {
    if (directory !== '' && files.isExecutable(`${directory}/${word}`)) return undefined
  }
  return text('executable file not found in $PATH')
}

function pathFailure(
  word: string, cwd: string, files: FileTree, text: (why: string) => string,
): string | undefined {
  const path = word.startsWith('/') ? word : `${cwd}/${word}`
  if (!files.exists(path)) return text(`stat ${word}: no such file or directory`)
  return files.isExecutable(path) ? undefined : text('permission denied')
}
