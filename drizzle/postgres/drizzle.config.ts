/** Where drizzle-kit finds the tables and puts the migrations: `npm run migrations` after a change to the schema. */
import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'postgresql',
  schema: './drizzle/postgres/schema.ts',
  out: './drizzle/postgres/migrations',
})
