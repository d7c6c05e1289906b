import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto'

export const cookieName = 'grace_learner'

/** Browsers keep a cookie for at most 400 days; it is written anew when somebody begins a lab. */
const maxAgeSeconds = 400 * 24 * 3600

const format = /^([0-9a-f-]{36})\.([A-Za-z0-9_-]{43})$/

export interface IdentityCookie {
  readonly name: string
  readonly value: string
  readonly options: {
    readonly httpOnly: true; readonly sameSite: 'lax'; readonly path: '/'
    readonly maxAge: number; readonly secure: boolean
  }
}

/** Who somebody is, by a cookie that only this server can have made. */
export class Identities {
  constructor(private readonly secret: Buffer) {}

  newLearner(): string {
    return randomUUID()
  }

  /** The learner a `Cookie` header names; undefined if there is none with a true signature. */
  read(header: string | undefined | null): string | undefined {
    for (const part of (header ?? '').split(';')) {
      const at = part.indexOf('=')
      if (at < 0 || part.slice(0, at).trim() !== cookieName) continue
      const learner = this.verify(part.slice(at + 1).trim())
      if (learner) return learner
    }
    return undefined
  }

  /** The learner of one cookie's value. */
  verify(value: string | undefined): string | undefined {
    const found = format.exec(value ?? '')
    if (!found?.[1] || !found[2]) return undefined
    const expected = Buffer.from(this.sign(found[1]))
    const given = Buffer.from(found[2])
    return timingSafeEqual(expected, given) ? found[1] : undefined
  }

  cookie(learner: string, secure: boolean): IdentityCookie {
    return {
      name: cookieName,
      value: `${learner}.${this.sign(learner)}`,
      options: { httpOnly: true, sameSite: 'lax', path: '/', maxAge: maxAgeSeconds, secure },
    }
  }

  /** The cookie as a header of an answer. */
  setCookie(learner: string, secure: boolean): string {
    const { name, value, options } = this.cookie(learner, secure)
    const secured = options.secure ? '; Secure' : ''
    return `${name}=${value}; Path=${options.path}; Max-Age=${options.maxAge}; HttpOnly`
      + `; SameSite=Lax${secured}`
  }

  private sign(learner: string): string {
    return createHmac('sha256', this.secret).update(`learner:${learner}`).digest('base64url')
  }
}
