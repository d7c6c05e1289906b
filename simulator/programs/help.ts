import busybox from './help/busybox.json' with { type: 'json' }
import gnu from './help/gnu.json' with { type: 'json' }

// Usage texts of the real programs, recorded as they print them (NOTICE names their sources).

/** What BusyBox prints above every usage. */
export const busyboxBanner = 'BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.\n\n'

const texts: Readonly<Record<'busybox' | 'gnu', Readonly<Record<string, string>>>> = {
  busybox,
  gnu,
}

export function helpText(dialect: 'busybox' | 'gnu', name: string): string {
  return texts[dialect][name] ?? `Usage: ${name} [OPTIONS]\n`
}

/** GNU programs name themselves as they were called. */
export function helpTextOf(name: string, calledAs: string): string | undefined {
  const text = texts.gnu[name]
  return text?.replaceAll('{}', calledAs)
}
