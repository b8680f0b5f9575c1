/**
 * Until a comparison appears in a real browser: 200 by 12, 500 cells changed, from the click until the page is drawn.
 * `npm run bench:comparing`
 */
import type { Page } from 'playwright-core'
import * as Y from 'yjs'
import { bigTrackers } from '#test/bench/big-tracker.ts'
import { journalOf } from '#test/bench/history.ts'
import { sheetOn } from '#test/e2e/sheet.ts'
import { positionName } from '#shared/document/layout.ts'
import type { Entry } from '#shared/history/entry.ts'
import type { AccountId, IssueId, PartyId } from '#shared/ids.ts'

const EDITS = 20_000
const CHANGES = 500
const TIMES = 15
const [ISSUES, PARTIES] = [200, 12]

/** A journal whose last 500 entries change a cell each, a day after all others. */
const journalWithChanges = (): readonly Entry[] => {
  const { entries } = journalOf(EDITS)
  const doc = new Y.Doc()
  for (const { update } of entries) Y.applyUpdate(doc, update)
  const before = entries.at(-1)?.at ?? 0
  doc.on('update', (update: Uint8Array) => {
    const seq = entries.length + 1
    const account = `p${seq % 6}` as AccountId
    entries.push({ seq, account, at: before + 86_400_000 + seq * 1_000, update })
  })
  doc.clientID = 99
  for (let nth = 0; nth < CHANGES; nth++) {
    const place = Math.floor((nth * ISSUES * PARTIES) / CHANGES)
    const [issue, party] = [`i${Math.floor(place / PARTIES)}`, `p${place % PARTIES}`]
    const text = doc.getText(positionName(issue as IssueId, party as PartyId))
    doc.transact(() => {
      if (nth % 4 === 0) doc.getMap('cells').set(`${issue}/${party}/confidence`, 'high')
      else {
        text.delete(12, 20)
        text.insert(12, `by the ${nth}th of the month`)
      }
    })
  }
  return entries
}

/** Milliseconds from the click on a button until what it leads to has been drawn. */
const appearing = (page: Page, button: string, shows: string): Promise<number> =>
  page.evaluate(
    ([button, shows]) =>
      new Promise<number>((resolve, reject) => {
        const found = [...document.querySelectorAll('button')].find(it => it.innerText === button)
        if (!found) return reject(new Error(`There is no button “${button}”`))
        const start = performance.now()
        const look = (): void => {
          if (!document.querySelector('.history-walk-place')?.textContent?.includes(shows)) return
          observer.disconnect()
          // The next frame begins once this one is drawn.
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel()
            port1.onmessage = () => resolve(performance.now() - start)
            port2.postMessage(0)
          })
        }
        const observer = new MutationObserver(look)
        observer.observe(document.body, { childList: true, subtree: true, characterData: true })
        found.click()
      }),
    [button, shows] as const,
  )

const { close, open, server, trackerWith } = await bigTrackers()
const entries = journalWithChanges()
const { id, later } = await trackerWith(entries)
const page = await open()
const times: number[] = []
for (let time = 0; time < TIMES; time++) {
  // Another moment each time: none is kept from the time before.
  const at = new Date((entries.at(-CHANGES - 1 - 40 * time)?.at ?? 0) + later + 1).toISOString()
  await page.goto(`${server.url}/t/${id}?at=${at}`)
  await sheetOn(page).ready()
  await page.locator('.moments-track').waitFor()
  await page.waitForFunction(() => document.querySelector('.history-banner.past'))
  times.push(await appearing(page, 'Compare with now', ' of 5'))
}
const sorted = times.toSorted((a, b) => a - b)
process.stdout.write(
  `comparing ${ISSUES} by ${PARTIES} with ${CHANGES} changed cells and more, from the click until drawn, ${TIMES} times:
  median ${Math.round(sorted[TIMES >> 1] ?? 0)} ms, worst ${Math.round(sorted.at(-1) ?? 0)} ms
`,
)
await close()
