import { utf8Length } from '../../kernel/utf8.ts'
import { unescapeText } from '../escapes.ts'
import type { HttpReply } from './http-client.ts'
import { headerOf } from './http-client.ts'
import type { Url } from './url.ts'
import { urlText } from './url.ts'

/** What is known when a transfer is over. */
export interface TransferFacts {
  readonly url: Url
  readonly reply: HttpReply
  readonly received: number
  readonly address: string
  readonly redirects: number
  readonly millis: number
  readonly method: string
}

/** The variables of `-w`; a name that is not among them stays as it is written. */
export function writeOutValues(facts: TransferFacts): Readonly<Record<string, string>> {
  const { url, reply } = facts
  const seconds = (facts.millis / 1000).toFixed(6)
  const code = String(reply.code).padStart(3, '0')
  return {
    http_code: code, response_code: code, size_download: String(facts.received),
    url_effective: urlText(url), remote_ip: facts.address, remote_port: String(url.port),
    content_type: headerOf(reply.headers, 'content-type') ?? '', time_total: seconds,
    time_connect: seconds, time_starttransfer: seconds, time_namelookup: '0.000000',
    http_version: '1.1', num_redirects: String(facts.redirects), num_connects: '1',
    redirect_url: headerOf(reply.headers, 'location') ?? '', method: facts.method,
    size_header: String(utf8Length(reply.head)), scheme: url.scheme.toUpperCase(),
    exitcode: '0', errormsg: '',
    speed_download: String(Math.round(facts.received / Math.max(0.001, facts.millis / 1000))),
  }
}

/** What the variables are when nothing came back. */
export const failureValues: Readonly<Record<string, string>> = {
  size_download: '0', num_redirects: '0', remote_ip: '', remote_port: '0', content_type: '',
  time_total: '0.000000', time_connect: '0.000000', http_version: '0', num_connects: '0',
}

export function fillIn(template: string, values: Readonly<Record<string, string>>): string {
  const filled = template.replace(/%\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
  return unescapeText(filled.replaceAll('%%', '%'), 'format').text
}
