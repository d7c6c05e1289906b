/** An address as curl and wget read it from the command line. */
export interface Url {
  readonly scheme: string
  readonly host: string
  readonly port: number
  /** With the query, without the fragment. */
  readonly target: string
  readonly user: string | undefined
}

export function parseUrl(text: string): Url | undefined {
  const match =
    /^(?:([a-zA-Z][\w+.-]*):\/\/)?(?:([^@/?#]*)@)?(\[[^\]]*\]|[^:/?#]+)?(?::(\d*))?([^#]*)/.exec(
      text,
    )
  if (!match || match[3] === undefined) return undefined
  const scheme = (match[1] ?? 'http').toLowerCase()
  const port =
    match[4] === undefined || match[4] === '' ? (scheme === 'https' ? 443 : 80) : Number(match[4])
  if (port > 65_535) return undefined
  const path = match[5] ?? ''
  return {
    scheme,
    host: match[3],
    port,
    target: path.startsWith('/') ? path : `/${path}`,
    user: match[2],
  }
}

/** Host as it stands in the Host header: without the port that the scheme implies. */
export function hostHeader(url: Url): string {
  const usual = url.scheme === 'https' ? 443 : 80
  return url.port === usual ? url.host : `${url.host}:${url.port}`
}

export function urlText(url: Url): string {
  return `${url.scheme}://${hostHeader(url)}${url.target}`
}

/** Where a Location header leads, seen from the page that sent it. */
export function resolveUrl(base: Url, location: string): Url | undefined {
  if (/^[a-zA-Z][\w+.-]*:\/\//.test(location)) return parseUrl(location)
  if (location.startsWith('//')) return parseUrl(`${base.scheme}:${location}`)
  if (location.startsWith('/')) return { ...base, target: location }
  const folder = base.target.replace(/[?#].*$/, '').replace(/[^/]*$/, '')
  return { ...base, target: folder + location }
}
