/** Two kinds of tests: what runs in Node, and what needs Solid's browser build (under jsdom). Real browsers are driven from Node. */
import { fileURLToPath } from 'node:url'
import solid from 'vite-plugin-solid'
import { defineConfig } from 'vitest/config'
import { findPostgres, isPostgresPromised, MISSING } from '#test/contract/postgres-server.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What the server does with its tables, a second time. */
const ON_POSTGRES = [
  'accounts',
  'people',
  'snapshots',
  'thinning',
  'meetings',
  'movements',
  'catch-up',
  'seeds',
  'exchange',
  'redactions',
  'texts',
  'routes',
  'routes-live',
  'rights',
  'operators',
].map(name => `test/server/${name}.test.ts`)
const hasPostgres = findPostgres() !== undefined
if (!hasPostgres) process.stderr.write(`${MISSING}\n`)

export default defineConfig({
  root,
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: [
            'test/{shared,contract,server,simulation,traces}/**/*.test.ts',
            'test/*.test.ts',
          ],
          // Many hash passwords, which is slow on purpose, and slower on a busy machine.
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
          environment: 'node',
          include: hasPostgres || isPostgresPromised ? ON_POSTGRES : [],
          setupFiles: ['test/server/on-postgres.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          benchmark: { include: [] },
        },
      },
      {
        extends: true,
        plugins: [solid({ hot: false })],
        resolve: { conditions: ['development', 'browser'] },
        test: {
          name: 'client',
          environment: 'jsdom',
          include: ['test/client/**/*.test.{ts,tsx}'],
          benchmark: { include: [] },
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          environment: 'node',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/e2e/built-client.ts'],
          expect: { poll: { timeout: 10_000, interval: 25 } },
          benchmark: { include: [] },
          testTimeout: 60_000,
          hookTimeout: 90_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
