// Paths as Go's path package has them.

/** Models path.Clean. */
export function clean(path: string): string {
  const rooted = path.startsWith('/')
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else if (!rooted) parts.push('..')
  }
  return (rooted ? '/' : '') + parts.join('/') || '.'
}

export function join(...parts: readonly string[]): string {
  const filled = parts.filter((part) => part !== '')
  return filled.length === 0 ? '' : clean(filled.join('/'))
}

export function directoryOf(path: string): string {
  return clean(path.slice(0, path.lastIndexOf('/') + 1))
}

export function baseOf(path: string): string {
  const bare = path.replace(/\/+$/, '')
  if (bare === '') return path === '' ? '.' : '/'
  return bare.slice(bare.lastIndexOf('/') + 1)
}

export function withoutTrailingSlash(path: string): string {
  return path !== '/' && path.endsWith('/') ? path.slice(0, -1) : path
}

/** Models kubectl/cmd/cp stripPathShortcuts: nothing is left that leads upwards or to the root. */
export function withoutShortcuts(path: string): string {
  const below = path.replace(/^(?:\.\.\/)+/, '')
  if (below === '.' || below === '..') return ''
  return below.startsWith('/') ? below.slice(1) : below
}

/** Whether a path lies in a directory or is it; both are clean and begin at the same place. */
export function isWithin(directory: string, path: string): boolean {
  const base = clean(directory)
  if (base === '.') return !path.startsWith('/') && path !== '..' && !path.startsWith('../')
  return path === base || path.startsWith(base === '/' ? '/' : `${base}/`)
}
