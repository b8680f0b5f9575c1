/** P34: the ways into an account, in a browser with a device that keeps passkeys. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { shows, test } from '#test/e2e/people.ts'
import { PASSWORD } from '#test/server/harness.ts'
import { totp } from '#test/server/totp.ts'

/** A device that keeps passkeys and knows who holds it; it answers by itself whatever it is asked. */
const plugIn = async (page: Page): Promise<void> => {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

test('a code of an app, then a passkey instead of both, and the way out of a browser that was lost', async ({
  world,
}) => {
  world.expectFault(/was made to ask http:\/\/localhost:/)
  const ada = await world.person('Ada')
  await ada.open()
  const { context, page } = await world.stranger()
  // A passkey is for a name, never for a number.
  const home = world.server.url.replace('127.0.0.1', 'localhost')
  await page.goto(`${home}/sign-in?return=/account`)
  await plugIn(page)
  await page.getByLabel('E-mail address').fill(ada.account.email)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()

  await page.getByRole('button', { name: 'Set up a second factor' }).click()
  await page.getByLabel('Present password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Continue' }).click()
  await shows(page.getByRole('img', { name: 'The secret, as a QR code' }))
  await page.getByRole('button', { name: 'I cannot scan it' }).click()
  const secret = (await page.locator('.second-factor-secret bdi').innerText()).replaceAll(' ', '')
  await page.getByLabel('Code', { exact: true }).fill(totp(secret))
  await page.getByRole('button', { name: 'Turn on' }).click()
  const recoveryCode = await page
    .getByRole('list', { name: 'Recovery codes' })
    .getByRole('listitem')
    .first()
    .innerText()
  await page.getByRole('button', { name: 'I have kept them' }).click()
  await shows(page.getByText('On, with 10 recovery codes left.'))

  // Without the app: a recovery code.
  await context.clearCookies()
  await page.goto(`${home}/sign-in?return=/account`)
  await page.getByLabel('E-mail address').fill(ada.account.email)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByLabel('Code', { exact: true }).fill('123456')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await shows(page.getByText('This code is wrong'))
  await page.getByRole('button', { name: 'Use a recovery code instead' }).click()
  await page.getByLabel('Recovery code').fill(recoveryCode)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await shows(page.getByText('On, with 9 recovery codes left.'))

  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Work laptop')
  await page.getByLabel('Present password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Continue' }).click()
  await shows(page.getByRole('list', { name: 'Your passkeys' }).getByText('Work laptop'))

  // Without anything but the device: chosen in the list that the browser opens, which this one does by itself.
  await context.clearCookies()
  await page.goto(`${home}/sign-in?return=/account`)
  await shows(page.getByText('On, with 9 recovery codes left.'))

  // And in a browser that has no such list.
  await context.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false)
  })
  await context.clearCookies()
  await page.goto(`${home}/sign-in?return=${encodeURIComponent('/account?view=sessions')}`)
  const entering = page.waitForRequest('**/api/auth/passkey')
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  const sent = await entering
  const sessions = page.getByRole('list', { name: 'Where you are signed in' })
  await shows(sessions.getByText('This one'))

  // Whoever has seen all that was sent does not get in with it.
  const replayed = await fetch(sent.url(), {
    method: 'POST',
    headers: await sent.allHeaders(),
    body: sent.postData(),
  })
  expect(replayed.status).toBe(401)

  // Ada's other browser, with the tracker open in it, was lost.
  await page.getByRole('button', { name: 'Sign out everywhere else' }).click()
  await expect.poll(() => sessions.getByRole('listitem').count()).toBe(1)
  await ada.page.waitForURL('**/sign-in?*')
})
