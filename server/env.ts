import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'

// What the operator decides. `.env.example` lists the same names.

const schema = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/\S+$/, 'must look like postgresql://user:password@host:5432/name')
    .optional(),
  PORT: z.coerce.number('must be a number').int('must be a whole number')
    .min(0, 'must be 0 to 65535').max(65_535, 'must be 0 to 65535').default(3000),
  HOST: z.string().regex(/^[A-Za-z0-9.:_-]+$/, 'must be an address or a name').default('0.0.0.0'),
  GRACE_DATA_DIR: z.string().default('.data'),
})

export interface Env {
  /** Absent: an embedded PostgreSQL under the data directory. */
  readonly databaseUrl: string | undefined
  readonly port: number
  readonly host: string
  readonly dataDirectory: string
}

/** A message for the operator: printed without a stack, and the process ends with code 1. */
export class StartError extends Error {}

/** Reads the environment; an empty value counts as absent. Throws one line for each wrong value. */
export function readEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const parsed = schema.safeParse(given)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => {
      const name = String(issue.path[0])
      return `${name}: ${issue.message} (it is ${JSON.stringify(shown(name, given[name]))})`
    })
    throw new StartError(lines.join('\n'))
  }
  const { DATABASE_URL, PORT, HOST, GRACE_DATA_DIR } = parsed.data
  return {
    databaseUrl: DATABASE_URL, port: PORT, host: HOST, dataDirectory: resolve(GRACE_DATA_DIR),
  }
}

/** Adds what `.env` says to what the environment does not say. */
export function withEnvFile(
  source: Readonly<Record<string, string | undefined>>, path = '.env',
): Record<string, string | undefined> {
  if (!existsSync(path)) return { ...source }
  return { ...parseEnvFile(readFileSync(path, 'utf8')), ...source }
}

function parseEnvFile(text: string): Record<string, string> {
  const values: Record<string, string> = {}
  for (const line of text.split(/\r?\n/)) {
    const found = /^\s*([A-Z][A-Z0-9_]*)\s*=\s*(.*?)\s*$/.exec(line)
    if (found) values[found[1]!] = found[2]!.replace(/^(["'])(.*)\1$/, '$2')
  }
  return values
}

/** A database address may hold a password, which does not belong on a screen or in a log. */
export function shown(name: string, value: string | undefined): string | undefined {
  return name === 'DATABASE_URL' ? value?.replace(/:\/\/([^:@/]*):[^@]*@/, '://$1:…@') : value
}
