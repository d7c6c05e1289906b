import { configMapKey } from '../../api/validation/names.ts'
import type { ExitCode } from '../../kernel/types.ts'
import { encodeBase64 } from '../../programs/checksum.ts'
import { sha256, utf8Bytes } from '../../programs/digests.ts'
import { Failure } from '../command/failure.ts'
import { dataOf, type DataKind, type Texts } from '../manifest/data-sources.ts'
import type { Session } from '../session.ts'
import { compactDeclaredJson, compactJson } from '../text/json.ts'
import { goQuote } from '../text/quote.ts'
import { createObject, nameOf } from './create-object.ts'

/** `kubectl create configmap NAME --from-literal=k=v --from-file=path --from-env-file=path`. */
export function createConfigMap(session: Session): ExitCode {
  const name = nameOf(session)
  const kind: DataKind = {
    check: (key, wrong) => `${goQuote(key)} is not a valid key name for a ConfigMap: ${wrong}`,
    twice: (key) => `cannot add key "${key}", another key by that name already exists in Data `
      + `for ConfigMap "${name}"`,
    problems: configMapKey,
  }
  const data = dataOf(session, kind)
  return createObject(session, {
    apiVersion: 'v1', kind: 'ConfigMap', fields: filled(data),
    ...hashed(session, { kind: 'ConfigMap', name, data }),
  })
}

/** `kubectl create secret generic NAME`, with the same sources and a type. */
export function createSecret(session: Session): ExitCode {
  const name = nameOf(session)
  const texts = dataOf(session, secretData)
  const type = session.flags.text('type')
  return secret(session, name, texts, type)
}

/** `kubectl create secret docker-registry NAME`. Models handleDockerCfgJSONContent. */
export function createRegistrySecret(session: Session): ExitCode {
  const { flags } = session
  const name = nameOf(session)
  if (flags.list('from-file').length > 0) {
    throw new Failure(
      'kubectl create secret docker-registry --from-file is not simulated in Grace')
  }
  const [server, username, password, email] = ['server', 'username', 'password', 'email']
    .map((part) => flags.text(`docker-${part}`)) as [string, string, string, string]
  if (server === '' || username === '' || password === '') {
    throw new Failure('either --from-file or the combination of --docker-username, '
      + '--docker-password and --docker-server is required')
  }
  const auth = encodeBase64(utf8Bytes(`${username}:${password}`))
  const entry = { username, password, ...(email === '' ? {} : { email }), auth }
  const config = compactDeclaredJson({ auths: { [server]: entry } })
  return secret(session, name, { '.dockerconfigjson': config }, 'kubernetes.io/dockerconfigjson')
}

const secretData: DataKind = {
  check: (key, wrong) => `${goQuote(key)} is not valid key name for a Secret ${wrong}`,
  twice: (key) => `cannot add key ${key}, another key by that name already exists`,
  problems: configMapKey,
}

function secret(session: Session, name: string, texts: Texts, type: string): ExitCode {
  const data = Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [key, encodeBase64(utf8Bytes(text))]))
  return createObject(session, {
    apiVersion: 'v1', kind: 'Secret',
    fields: { ...filled(data), ...(type === '' ? {} : { type }) },
    ...hashed(session, { kind: 'Secret', name, type, data }),
    refusal: 'failed to create secret',
  })
}

function filled(data: Texts): { readonly data?: Texts } {
  return Object.keys(data).length === 0 ? {} : { data }
}

/** The name with a hash of the content. Models kubectl/util/hash, which lets no vowel appear. */
function hashed(
  session: Session, content: { readonly name: string } & Readonly<Record<string, unknown>>,
): { readonly name?: string } {
  if (!session.flags.on('append-hash')) return {}
  const harmless: Readonly<Record<string, string>> = { 0: 'g', 1: 'h', 3: 'k', a: 'm', e: 't' }
  const hash = [...sha256(compactJson(content)).slice(0, 10)]
    .map((digit) => harmless[digit] ?? digit).join('')
  return { name: `${content.name}-${hash}` }
}
