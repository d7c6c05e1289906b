import type { Process } from '../../kernel/types.ts'
import { utf8Length } from '../../kernel/utf8.ts'
import { attempt } from '../attempt.ts'
import { encodeBase64 } from '../checksum.ts'
import { utf8Bytes } from '../digests.ts'
import type { CurlOptions } from './curl-options.ts'
import type { Url } from './url.ts'
import { hostHeader } from './url.ts'

/** The request curl sends: own headers replace its usual ones, `Name:` takes one away. */
export function curlRequest(
  process: Process, options: CurlOptions, url: Url, method: string | undefined, dropBody: boolean,
): { readonly head: string; readonly body: string } {
  const data = options.data.map((word) => dataOf(process, word)).join('&')
  const sends = options.data.length > 0 && !options.get && !dropBody
  const query = options.get && data !== '' ? `${url.target.includes('?') ? '&' : '?'}${data}` : ''
  const verb = method ?? (options.head ? 'HEAD' : sends ? 'POST' : 'GET')
  const own = (name: string): boolean =>
    options.headers.some((header) => header.toLowerCase().startsWith(`${name}:`))
  const lines = [`${verb} ${url.target}${query} HTTP/1.1`]
  if (!own('host')) lines.push(`Host: ${hostHeader(url)}`)
  const user = options.user ?? url.user
  if (user !== undefined) lines.push(`Authorization: Basic ${encodeBase64(utf8Bytes(user))}`)
  if (!own('user-agent') && options.userAgent !== '') {
    lines.push(`User-Agent: ${options.userAgent}`)
  }
  if (!own('accept')) lines.push('Accept: */*')
  lines.push(...options.headers.filter((header) => !/:\s*$/.test(header)))
  if (sends) {
    if (!own('content-length')) lines.push(`Content-Length: ${utf8Length(data)}`)
    if (!own('content-type')) lines.push('Content-Type: application/x-www-form-urlencoded')
  }
  return { head: `${lines.join('\r\n')}\r\n\r\n`, body: sends ? data : '' }
}

/** `@file` stands for its text without line ends. */
function dataOf(process: Process, word: string): string {
  if (!word.startsWith('@')) return word
  const read = attempt(() => process.files.readFile(process.absolute(word.slice(1))))
  return read.ok ? read.value.replace(/[\r\n]/g, '') : ''
}
