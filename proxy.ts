import createMiddleware from 'next-intl/middleware'
import { routing } from './components/i18n/routing.ts'

export default createMiddleware(routing)

// Pages only: the API, sockets, Next's own files and anything with a dot have no language.
export const config = { matcher: ['/((?!api|ws|_next|.*\\..*).*)'] }
