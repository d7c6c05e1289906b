import { defineConfig } from 'vitest/config'

// Projects are the parts of the summary `npm test` prints. Only the server's needs a database.
const shared = { environment: 'node' as const, testTimeout: 30_000, hookTimeout: 60_000 }

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared, name: 'unit',
          include: ['{simulator,components,content,tools,app}/**/*.test.{ts,tsx}'],
          exclude: ['**/node_modules/**', 'simulator/testdata/**'],
        },
      },
      {
        test: {
          ...shared, name: 'server', include: ['server/**/*.test.ts'],
          globalSetup: ['server/database/test-server.ts'],
        },
      },
    ],
  },
})
