import type { ExitCode } from '../../kernel/types.ts'
import { Failure } from '../command/failure.ts'
import { clientVersion, kustomizeVersion } from '../options.ts'
import type { Session } from '../session.ts'
import { declaredJson } from '../text/json.ts'
import { toYaml } from '../text/yaml.ts'

interface VersionInfo { readonly gitVersion: string }

// Models kubectl/cmd/version Options.Run.
export function version(session: Session): ExitCode {
  const { flags, args } = session
  if (args.length > 0) throw new Failure(`extra arguments: [${args.join(' ')}]`)
  const output = flags.text('output')
  if (output !== '' && output !== 'yaml' && output !== 'json') {
    throw new Failure(`--output must be 'yaml' or 'json'`)
  }
  const server = flags.on('client') ? undefined : session.request<VersionInfo>('GET', '/version')
  if (output === '') {
    session.out(`Client Version: ${clientVersion}\nKustomize Version: ${kustomizeVersion}\n`)
    if (server) session.out(`Server Version: ${server.gitVersion}\n`)
    return 0
  }
  const value = {
    clientVersion: clientInfo, kustomizeVersion,
    ...(server ? { serverVersion: typeof server === 'string' ? JSON.parse(server) : server } : {}),
  }
  session.out(output === 'yaml' ? toYaml(value) : `${declaredJson(value, '  ')}\n`)
  return 0
}

const clientInfo = {
  major: '1', minor: '34', gitVersion: clientVersion,
  gitCommit: '0000000000000000000000000000000000000000', gitTreeState: 'clean',
  buildDate: '2026-01-01T00:00:00Z', goVersion: 'go1.26.8', compiler: 'gc',
  platform: 'linux/amd64',
}
