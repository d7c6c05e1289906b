import { fileURLToPath } from 'node:url'
import { defineConfig } from 'prisma/config'

// Prisma's schema engine is a download. Generating the client needs no engine, only an existing
// file in its place; so the project installs and generates without any network but the registry.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= fileURLToPath(import.meta.url)

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://grace@127.0.0.1:5432/grace' },
})
