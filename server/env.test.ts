import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readEnv, shown, StartError, withEnvFile } from './env.ts'
import { loadSecret } from './secret.ts'

const folder = mkdtempSync(join(tmpdir(), 'grace-env-'))

describe('the environment', () => {
  test('needs nothing', () => {
    expect(readEnv({})).toEqual({
      databaseUrl: undefined, port: 3000, host: '0.0.0.0', dataDirectory: resolve('.data'),
    })
    expect(readEnv({ PORT: '', HOST: '' }).port).toBe(3000)
  })

  test('is told of each wrong value in a line of its own', () => {
    const wrong = { PORT: '99999', HOST: 'a b', DATABASE_URL: 'mysql://root:secret@x/y' }
    expect(() => readEnv(wrong)).toThrow(StartError)
    const lines = (() => {
      try {
        readEnv(wrong)
      } catch (error) {
        return String(error).split('\n')
      }
    })()
    expect(lines).toHaveLength(3)
    expect(lines?.join('\n')).not.toContain('secret')
    expect(() => readEnv({ PORT: 'abc' })).toThrow(/PORT: must be a number \(it is "abc"\)/)
  })

  test('wins over .env, whose example names every variable', () => {
    const file = join(folder, '.env')
    writeFileSync(file, '# note\nPORT=4000\nHOST="127.0.0.1"\n')
    expect(readEnv(withEnvFile({ PORT: '5000' }, file))).toMatchObject({
      port: 5000,
      host: '127.0.0.1',
    })
    const example = readFileSync('.env.example', 'utf8')
    for (const name of ['DATABASE_URL', 'PORT', 'HOST', 'GRACE_DATA_DIR'])
      expect(example).toContain(`${name}=`)
  })

  test('shows no password', () => {
    expect(shown('DATABASE_URL', 'postgresql://me:pass@host/db')).toBe('postgresql://me:…@host/db')
  })
})

describe('the secret', () => {
  test('is made once and readable by its owner only', () => {
    const made = loadSecret(join(folder, 'data'))
    expect(made).toHaveLength(32)
    expect(loadSecret(join(folder, 'data'))).toEqual(made)
    expect(statSync(join(folder, 'data/secret')).mode & 0o777).toBe(0o600)
  })

  test('is not replaced when damaged', () => {
    writeFileSync(join(folder, 'secret'), 'short')
    expect(() => loadSecret(folder)).toThrow(/damaged/)
  })
})
