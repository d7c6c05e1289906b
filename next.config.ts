import type { NextConfig } from 'next'
import createNextIntlPlugin from 'next-intl/plugin'

const withNextIntl = createNextIntlPlugin('./components/i18n/request.ts')

const config: NextConfig = {
  poweredByHeader: false,
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
