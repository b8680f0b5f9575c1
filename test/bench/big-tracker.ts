/** A server with a long journal in it, and a browser that looks at it. */
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { openSqlite } from '#server/store/sqlite.ts'
import type { TrackerEntry } from '#shared/api.ts'
import type { Entry } from '#shared/history/entry.ts'
import type { TrackerId } from '#shared/ids.ts'
import { launchBrowser } from '#test/e2e/browser.ts'
import { cookiesOf } from '#test/e2e/cookies.ts'
import { startServer, type Person, type TestServer } from '#test/server/harness.ts'

const AT_ONCE = 200

const clientFolder = fileURLToPath(new URL('../../client/dist', import.meta.url))

export interface BigTrackers {
  readonly server: TestServer
  readonly owner: Person
  /** Answers by how much later its entries are dated, in milliseconds, than those given. */
  readonly trackerWith: (
    entries: readonly Entry[],
  ) => Promise<{ readonly id: TrackerId; readonly later: number }>
  /** The tracker's page for its owner, at 1440 by 900. */
  readonly open: () => Promise<Page>
  readonly close: () => Promise<void>
}

export const bigTrackers = async (): Promise<BigTrackers> => {
  const server = await startServer({ clientFolder })
  const browser: Browser = await launchBrowser()
  const { owner } = await server.createFirstAccount('Leyla Demir')
  return {
    server,
    owner,
    trackerWith: async entries => {
      const { body } = await server.ask<TrackerEntry>('POST', '/api/trackers', {
        cookie: owner.cookie,
        body: { title: 'Talks' },
      })
      const id = body.id as TrackerId
      await server.stop()
      const { close, store } = await openSqlite(server.folder)
      // A journal's time never goes back, and its first entry has made the tracker just now.
      const later = Date.now() - (entries[0]?.at ?? 0)
      const drafts = entries.map(entry => ({ ...entry, at: entry.at + later }))
      for (let from = 0; from < entries.length; from += AT_ONCE)
        await store.append([{ document: id, drafts: drafts.slice(from, from + AT_ONCE) }])
      await store.compact(id)
      await close()
      await server.startAgain()
      return { id, later }
    },
    open: async () => {
      const context = await browser.newContext({ viewport: { width: 1_440, height: 900 } })
      await context.addCookies(cookiesOf(owner, server.url))
      const page = await context.newPage()
      page.on('pageerror', error => process.stderr.write(`${error.stack}\n`))
      return page
    },
    close: async () => {
      await browser.close()
      await server.close()
    },
  }
}
