/** A reference as containerd normalises it: `nginx` is `docker.io/library/nginx:latest`. */
export interface ImageReference {
  readonly host: string
  readonly path: string
  readonly tag: string
  readonly digest: string | undefined
}

/** Models github.com/distribution/reference ParseDockerRef; undefined for an invalid reference. */
export function parseReference(reference: string): ImageReference | undefined {
  const match = /^([^@]+?)(?::([\w][\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(reference)
  if (!match) return undefined
  const name = match[1]!
  const slash = name.indexOf('/')
  const first = slash < 0 ? '' : name.slice(0, slash)
  const hasHost = /[.:]/.test(first) || first === 'localhost'
  const host = hasHost ? (first === 'index.docker.io' ? 'docker.io' : first) : 'docker.io'
  const rest = hasHost ? name.slice(slash + 1) : name
  if (
    !/^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/.test(
      rest,
    )
  )
    return undefined
  const path = host === 'docker.io' && !rest.includes('/') ? `library/${rest}` : rest
  return { host, path, tag: match[2] ?? 'latest', digest: match[3] }
}
