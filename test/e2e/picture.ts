/** Draws the demo's matrix as the README shows it, with somebody else at work in it: `npm run picture`. */
import { fileURLToPath } from 'node:url'
import { launchBrowser } from '#test/e2e/browser.ts'
import { cookiesOf } from '#test/e2e/cookies.ts'
import { sheetOn } from '#test/e2e/sheet.ts'
import { startServer, type Person } from '#test/server/harness.ts'

const client = fileURLToPath(new URL('../../client/dist', import.meta.url))
const picture = fileURLToPath(new URL('matrix.png', import.meta.url))

const server = await startServer({ clientFolder: client })
const browser = await launchBrowser()

const open = async (account: Person, trackerId: string) => {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 1170 },
    colorScheme: 'light',
    reducedMotion: 'reduce',
  })
  await context.addCookies(cookiesOf(account, server.url))
  const page = await context.newPage()
  await page.goto(`${server.url}/t/${trackerId}`)
  const sheet = sheetOn(page)
  await sheet.ready()
  return { page, sheet }
}

const { owner, trackerId } = await server.createFirstAccount('Leyla Demir')
const leyla = await open(owner, trackerId)
const omar = await open(await server.invite(owner, trackerId, 'editor', 'Omar Haddad'), trackerId)
await omar.sheet.select('Sanctions relief', 'Iran')
await omar.page.keyboard.press('F2')
await omar.sheet.editor.waitFor()
await leyla.sheet.select('Verification mechanisms', 'Iran')
await leyla.page.getByText('Omar Haddad is writing here').waitFor({ state: 'attached' })
await leyla.page.mouse.move(0, 0)
await leyla.page.screenshot({ path: picture, animations: 'disabled' })

await browser.close()
await server.close()
