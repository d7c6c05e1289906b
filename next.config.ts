import type { NextConfig } from 'next'
import createNextIntlPlugin from 'next-intl/plugin'

const withNextIntl = createNextIntlPlugin('./components/i18n/request.ts')

/** For every answer; what a page may load is said in `proxy.ts`. */
const securityHeaders = [
  { key: 'x-content-type-options', value: 'nosniff' },
  { key: 'referrer-policy', value: 'same-origin' },
  { key: 'x-frame-options', value: 'DENY' },
  { key: 'cross-origin-opener-policy', value: 'same-origin' },
  { key: 'cross-origin-resource-policy', value: 'same-origin' },
  { key: 'permissions-policy', value: 'camera=(), geolocation=(), microphone=(), payment=(), usb=()' },
]

const config: NextConfig = {
  poweredByHeader: false,
  // `npm test` checks types; whoever only starts the site need not wait for it.
  typescript: { ignoreBuildErrors: true },
  headers: async () => [{ source: '/:path*', headers: securityHeaders }],
  // The pure simulator and the server run in the custom server's process, not in Next's bundles.
  serverExternalPackages: ['ws', 'pg', '@prisma/adapter-pg', '@prisma/client', '@mdx-js/mdx'],
  turbopack: {
    resolveAlias: {
      // monaco-yaml imports the path that monaco-editor had before 0.56 moved its exports.
      'monaco-editor/esm/vs/editor/editor.worker.js': 'monaco-editor/editor/editor.worker.js',
    },
  },
}

export default withNextIntl(config)
