/** What client ids cost a screen, and how many of them page loads leave in a document: `npm run bench:client-ids`. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import * as Y from 'yjs'
import { launchBrowser } from '#test/e2e/browser.ts'
import { cookiesOf } from '#test/e2e/cookies.ts'
import { sheetOn } from '#test/e2e/sheet.ts'
import { startServer } from '#test/server/harness.ts'

const LOADS = 100

const pathTo = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))

spawnSync(process.execPath, ['--conditions=browser', pathTo('binding.ts')], { stdio: 'inherit' })

const server = await startServer({ clientFolder: pathTo('../../../client/dist') })
const browser = await launchBrowser()
const { owner, trackerId } = await server.createFirstAccount()
const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
await context.addCookies(cookiesOf(owner, server.url))
const page = await context.newPage()
const sheet = sheetOn(page)
await page.goto(`${server.url}/t/${trackerId}`)

const clientIds = async (): Promise<ReadonlySet<number>> => {
  const path = `/api/trackers/${trackerId}/export.json`
  const { body } = await server.ask<{ document: string }>('GET', path, owner)
  const state = Uint8Array.from(Buffer.from(body.document, 'base64'))
  return new Set(Y.decodeStateVector(Y.encodeStateVectorFromUpdateV2(state)).keys())
}

await sheet.ready()
const before = await clientIds()
for (let load = 1; load <= LOADS; load++) {
  await sheet.select('Sanctions relief', 'Turkey')
  await page.keyboard.press(load % 2 === 0 ? '1' : '2')
  await page.locator('[data-status=saved]').waitFor()
  await page.reload()
  await sheet.ready()
}
const left = (await clientIds()).size - before.size
process.stdout.write(`client ids left by ${LOADS} page loads with an edit each: ${left}\n`)

await browser.close()
await server.close()
