interface Headers {
  readonly origin?: string | undefined
  readonly host?: string | undefined
  readonly 'x-forwarded-host'?: string | string[] | undefined
}

/**
 * True when a browser sent this from a page of this very site. Browsers always name the origin of a
 * POST and of a socket, so a request without one is not from a page of ours.
 */
export function isSameOrigin(headers: Headers): boolean {
  if (!headers.origin || !URL.canParse(headers.origin)) return false
  const from = new URL(headers.origin).host.toLowerCase()
  // A proxy in front may rename the host; a foreign page cannot set that header.
  const forwarded = [headers['x-forwarded-host'] ?? []].flat()
  return [headers.host, ...forwarded].some((host) => host?.toLowerCase() === from)
}
