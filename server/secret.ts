import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartError } from './env.ts'

/** The key that signs cookies: made once, readable by its owner only. */
export function loadSecret(dataDirectory: string): Buffer {
  const path = join(dataDirectory, 'secret')
  mkdirSync(dataDirectory, { recursive: true })
  try {
    // Exclusive: of two servers that start together, one makes it and both read the same.
    writeFileSync(path, randomBytes(32).toString('base64'), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
  }
  chmodSync(path, 0o600)
  const secret = Buffer.from(readFileSync(path, 'utf8'), 'base64')
  if (secret.length < 32) {
    throw new StartError(
      `${path} is damaged. Delete it to make a new one: labs remain, but browsers that have a `
      + 'cookie are no longer recognised.')
  }
  return secret
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
