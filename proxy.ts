import { NextRequest, type NextResponse } from 'next/server'
import createMiddleware from 'next-intl/middleware'
import { routing } from './components/i18n/routing.ts'

const inLanguage = createMiddleware(routing)
const isDevelopment = process.env.NODE_ENV === 'development'

/** Gives a page its language, and allows it nothing that is not of this site. */
export default function proxy(request: NextRequest): NextResponse {
  const policy = contentSecurityPolicy(btoa(crypto.randomUUID()))
  // Next finds the nonce in the request's own policy and puts it on the scripts it writes inline.
  const headers = new Headers(request.headers)
  headers.set('content-security-policy', policy)
  const response = inLanguage(new NextRequest(request, { headers }))
  response.headers.set('content-security-policy', policy)
  return response
}

function contentSecurityPolicy(nonce: string): string {
  // React's development build makes its error stacks with eval.
  const development = isDevelopment ? " 'unsafe-eval'" : ''
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'${development}`,
    "worker-src 'self'",
    // Monaco and xterm write style elements as they run, and cannot be given a nonce.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

// Pages only: the API, sockets, Next's own files and anything with a dot have no language.
export const config = { matcher: ['/((?!api|ws|_next|.*\\..*).*)'] }
