/** Where drizzle-kit finds the tables and puts the migrations: `npm run migrations` after a change to the schema. */
import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'sqlite',
  schema: './drizzle/sqlite/schema.ts',
  out: './drizzle/sqlite/migrations',
})
