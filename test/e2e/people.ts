/** A server, and people at browsers of their own. Whatever goes wrong in one of them makes the test fail. */
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { inject, test as base } from 'vitest'
import type { Role } from '#shared/access.ts'
import { blankCell, cellKey, type Cell } from '#shared/cells.ts'
import type { TrackerId } from '#shared/ids.ts'
import type { Tracker } from '#shared/tracker.ts'
import { launchBrowser } from '#test/e2e/browser.ts'
import { cookiesOf } from '#test/e2e/cookies.ts'
import { sheetOn, statusOn, type Sheet } from '#test/e2e/sheet.ts'
import { startServer, type Person, type TestServer } from '#test/server/harness.ts'

/** Somebody at a browser. */
export interface Visitor {
  readonly context: BrowserContext
  readonly page: Page
  readonly sheet: Sheet
  /** Another tab of the same browser. */
  readonly newTab: () => Promise<Page>
  readonly go: (path: string) => Promise<void>
  /** The word on whether this person's work is safe. */
  readonly status: () => Promise<string | null>
}

export interface Member extends Visitor {
  readonly account: Person
  /** Opens a tracker, the demo unless another is named, and waits until it can be read. */
  readonly open: (trackerId?: TrackerId) => Promise<void>
}

export interface World {
  readonly server: TestServer
  /** The demo tracker; made with the first account. */
  readonly demo: () => TrackerId
  /** The first one owns the demo; the others come by invitation. */
  readonly person: (name: string, how?: Arrival) => Promise<Member>
  /** A browser in which nobody is signed in. */
  readonly stranger: (options?: BrowserContextOptions) => Promise<Visitor>
  /** A tracker as the server answers it to the first account. */
  readonly tracker: (trackerId?: TrackerId) => Promise<Tracker>
  /** What a test causes on purpose is no fault. */
  readonly expectFault: (pattern: RegExp) => void
}

interface Arrival extends BrowserContextOptions {
  readonly role?: Exclude<Role, 'owner'>
}

const DESK: BrowserContextOptions = {
  viewport: { width: 1440, height: 900 },
  locale: 'en-GB',
  timezoneId: 'Europe/Istanbul',
}

const PICTURES = join(tmpdir(), 'parley-journeys')

/** Chromium's own words on an answer that the page itself deals with, or on a socket that a restart has cut. */
const TOLD_BY_BROWSER = /^Failed to load resource|^WebSocket connection to/

export const test = base
  .extend('clientFolder', { scope: 'file' }, () => inject('clientFolder'))
  .extend('house', { scope: 'file' }, async ({ clientFolder }, { onCleanup }): Promise<House> => {
    const browser = await launchBrowser()
    onCleanup(() => browser.close())
    return { browser, clientFolder }
  })
  .extend('world', async ({ house, task }, { onCleanup }) => {
    const { world, close, picture } = await startWorld(house)
    onCleanup(async () => {
      if (task.result?.errors) await picture(task.name)
      await close()
    })
    return world
  })

/** Refused for what was sent: malformed, out of step, too large. */
const NEVER_HONEST = /"code":(?:4400|4413|4500)\b/

interface Started {
  readonly world: World
  readonly close: () => Promise<void>
  /** What everybody sees, as pictures in the system's folder for temporary files. */
  readonly picture: (name: string) => Promise<void>
}

interface House {
  readonly browser: Browser
  readonly clientFolder: string
}

const startWorld = async ({ browser, clientFolder }: House): Promise<Started> => {
  const server = await startServer({ clientFolder })
  const contexts: BrowserContext[] = []
  const faults: string[] = []
  const expected: RegExp[] = []
  let first: { readonly owner: Person; readonly trackerId: TrackerId } | undefined

  const watch = (page: Page, who: string): void => {
    page.on('pageerror', error => faults.push(`${who}: ${error.stack ?? error.message}`))
    page.on('console', message => {
      const isFault = message.type() === 'error' || message.type() === 'warning'
      if (isFault && !TOLD_BY_BROWSER.test(message.text())) faults.push(`${who}: ${message.text()}`)
    })
    page.on('request', request => {
      const { protocol, origin } = new URL(request.url())
      if (/^(?:https?|wss?):$/.test(protocol) && origin !== server.url)
        faults.push(`${who} was made to ask ${request.url()}`)
    })
  }

  const visitor = async (who: string, options: BrowserContextOptions = {}): Promise<Visitor> => {
    const context = await browser.newContext({ ...DESK, ...options, baseURL: server.url })
    context.setDefaultTimeout(10_000)
    contexts.push(context)
    context.on('page', page => watch(page, who))
    const page = await context.newPage()
    return {
      context,
      page,
      sheet: sheetOn(page),
      newTab: () => context.newPage(),
      go: async path => void (await page.goto(path)),
      status: () => statusOn(page),
    }
  }

  const demo = (): TrackerId => {
    if (!first) throw new Error('There is no demo before the first account')
    return first.trackerId
  }

  const world: World = {
    server,
    demo,
    stranger: options => visitor('a stranger', options),
    person: async (name, { role = 'editor', ...options } = {}) => {
      let account: Person
      if (first) account = await server.invite(first.owner, first.trackerId, role, name)
      else {
        first = await server.createFirstAccount(name)
        account = first.owner
      }
      const at = await visitor(name, options)
      await at.context.addCookies(cookiesOf(account, server.url))
      return {
        ...at,
        account,
        open: async (trackerId = demo()) => {
          await at.go(`/t/${trackerId}`)
          await at.sheet.ready()
        },
      }
    },
    tracker: async (trackerId = demo()) => {
      const ask = await server.ask<{ tracker: Tracker }>('GET', `/api/trackers/${trackerId}`, {
        ...(first && { cookie: first.owner.cookie }),
      })
      return ask.body.tracker
    },
    expectFault: pattern => void expected.push(pattern),
  }

  const close = async (): Promise<void> => {
    await Promise.all(contexts.map(context => context.close()))
    await server.close()
    for (const [event, fields, level] of server.logged) {
      const line = `${event} ${JSON.stringify(fields)}`
      const isRefusal = event !== 'left' && NEVER_HONEST.test(line)
      if (level === 'warn' || level === 'error' || isRefusal) faults.push(`the server: ${line}`)
    }
    const surprising = faults.filter(fault => !expected.some(pattern => pattern.test(fault)))
    if (surprising.length > 0) throw new Error(`Not all went well:\n${surprising.join('\n')}`)
  }
  const picture = async (name: string): Promise<void> => {
    const pages = contexts.flatMap(context => context.pages())
    for (const [index, page] of pages.entries())
      await page
        .screenshot({ path: join(PICTURES, `${name.replaceAll(/\W+/g, '-')}-${index + 1}.png`) })
        .catch(() => undefined)
  }
  return { world, close, picture }
}

/** A cell of the tracker, by the names of its row and its column; blank where nobody has put anything into it. */
export const cellIn = (tracker: Tracker, issue: string, party: string): Cell => {
  const issueId = tracker.issues.find(({ title }) => title === issue)?.id
  const partyId = tracker.parties.find(({ name }) => name === party)?.id
  if (!issueId || !partyId) throw new Error(`There is no cell of ${party} on ${issue}`)
  return tracker.cells[cellKey(issueId, partyId)] ?? blankCell(issueId, partyId)
}

/** Waits until it can be seen. */
export const shows = (locator: Locator): Promise<void> => locator.waitFor({ state: 'visible' })
