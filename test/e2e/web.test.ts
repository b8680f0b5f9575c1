/** P40 in a real browser: what a page of ours lets in, and what a page of somebody else's gets out of Parley. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished } from 'vitest'
import { cellIn, shows, test } from '#test/e2e/people.ts'
import { PASSWORD } from '#test/server/harness.ts'

const ISSUE = 'Sanctions relief'
const MARKUP = '<img src=x onerror="document.title=1"><script>document.title=2</script>'

/** Runs in the page: each of them tries to get something in, and tells whether it did. */
const intrude = async () => {
  // While it is handed in, the debugger's code may do more than the page's own: by the next task it may not.
  await new Promise(resolve => setTimeout(resolve))
  const attempt = (deed: () => unknown): boolean => {
    try {
      return Boolean(deed())
    } catch {
      return false
    }
  }
  const script = document.createElement('script')
  const style = document.createElement('style')
  const framed = document.createElement('iframe')
  document.title = 'untouched'
  return {
    markup: attempt(() => {
      document.body.insertAdjacentHTML('beforeend', '<b id="in">in</b>')
      return document.querySelector('#in')
    }),
    policy: attempt(() =>
      (
        globalThis as unknown as { trustedTypes: { createPolicy: (...of: unknown[]) => unknown } }
      ).trustedTypes.createPolicy('parley', { createHTML: (text: string) => text }),
    ),
    code: attempt(() => new Function('return true')()),
    script: attempt(() => {
      script.textContent = 'document.title = "in"'
      document.head.append(script)
      return document.title === 'in'
    }),
    style: attempt(() => {
      style.textContent = 'body { outline-width: 7px }'
      document.head.append(style)
      return getComputedStyle(document.body).outlineWidth === '7px'
    }),
    attribute: attempt(() => {
      document.body.setAttribute('style', 'outline-width: 7px')
      return getComputedStyle(document.body).outlineWidth === '7px'
    }),
    handler: attempt(() => {
      framed.setAttribute('onload', 'document.title = "in"')
      document.body.append(framed)
      framed.dispatchEvent(new Event('load'))
      return document.title === 'in'
    }),
  }
}

/** A page of another origin on the same host, so that the browser brings the cookies along. */
const evilPage = (url: string, tracker: string): string => `<!doctype html><title>Evil</title>
<form id="form" method="post" enctype="text/plain" action="${url}/api/auth/sign-out" target="frame"></form>
<iframe name="frame"></iframe><iframe src="${url}/sign-in"></iframe>
<script>
  const read = (path, how) => fetch('${url}' + path, { credentials: 'include', ...how }).then(
    answer => answer.text().then(text => answer.type + ' ' + text.length), () => 'refused')
  const socket = new Promise(resolve => {
    const live = new WebSocket('${url.replace('http', 'ws')}/live/${tracker}')
    live.onopen = () => resolve('open')
    live.onerror = () => resolve('refused')
  })
  const picture = new Promise(resolve => {
    const image = new Image()
    image.onload = () => resolve('shown')
    image.onerror = () => resolve('refused')
    image.src = '${url}/api/session'
  })
  const tried = async () => ({
    socket: await socket,
    picture: await picture,
    read: await read('/api/trackers'),
    blind: await read('/api/session', { mode: 'no-cors' }),
    write: await read('/api/trackers', {
      method: 'POST', mode: 'no-cors', headers: { 'content-type': 'text/plain' }, body: '{"title":"Evil"}' }),
    asJson: await read('/api/trackers', {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"title":"Evil"}' }),
  })
  addEventListener('load', () => document.querySelector('#form').submit())
  tried().then(result => (window.result = result))
</script>`

test('P40 nothing gets into a page of ours, and nothing out of Parley into a page of others', async ({
  world,
}) => {
  const leyla = await world.person('Leyla')
  const visitor = await world.stranger()
  const { context, page, sheet } = visitor
  const { url } = world.server
  const sessionIn = async () =>
    (await context.cookies()).find(({ name }) => name === 'parley.session_token')

  // A session that somebody has prepared is not the one that signing in makes.
  await context.addCookies([{ name: 'parley.session_token', value: 'prepared', url }])
  await visitor.go(`/t/${world.demo()}`)
  await page.waitForURL('**/sign-in?**')
  await page.getByLabel('E-mail address').fill(leyla.account.email)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(`**/t/${world.demo()}`)
  await sheet.ready()
  const cookie = await sessionIn()
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' })
  expect(cookie?.value).not.toBe('prepared')
  expect(await page.evaluate(() => document.cookie)).toBe('')
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)

  // What somebody writes is what is read.
  await sheet.select(ISSUE, 'Qatar')
  await page.keyboard.press('F2')
  await shows(sheet.editor)
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText(MARKUP)
  await page.keyboard.press('Enter')
  await expect.poll(visitor.status).toBe('saved')
  await expect.poll(() => sheet.words(ISSUE, 'Qatar')).toBe(MARKUP)
  expect(cellIn(await world.tracker(), ISSUE, 'Qatar').position).toBe(MARKUP)

  world.expectFault(/^a stranger: .*(?:Content Security Policy|Trusted|trusted)/s)
  expect(await page.evaluate(intrude)).toEqual({
    markup: false,
    policy: false,
    code: false,
    script: false,
    style: false,
    attribute: false,
    handler: false,
  })

  // From the same host, so the cookies come along; from another origin, so nothing comes of it.
  const evil = createServer((_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end(evilPage(url, world.demo())),
  ).listen(0, '127.0.0.1')
  await once(evil, 'listening')
  onTestFinished(() => void evil.close())
  world.expectFault(/^a stranger(?:: | was made to ask )/)
  const there = await context.newPage()
  await there.goto(`http://127.0.0.1:${(evil.address() as AddressInfo).port}/`)
  const result = () => there.evaluate(() => (window as unknown as { result?: unknown }).result)
  await expect.poll(result).toEqual({
    socket: 'refused',
    picture: 'refused',
    read: 'refused',
    blind: 'refused',
    write: 'refused',
    asJson: 'refused',
  })
  // Neither does its form sign anybody out, nor is anything of ours shown in its frames.
  const framed = () => there.frames().flatMap(frame => (frame.parentFrame() ? [frame.url()] : []))
  const nothing = 'chrome-error://chromewebdata/'
  await expect.poll(framed).toEqual([nothing, nothing])
  const [opened] = await Promise.all([
    context.waitForEvent('page'),
    there.evaluate(at => {
      Object.assign(window, { opened: open(at) })
    }, `${url}/t/${world.demo()}`),
  ])
  await opened.getByRole('grid').waitFor()
  expect(await opened.evaluate(() => opener)).toBeNull()
  expect(await there.evaluate(() => (window as unknown as { opened: Window }).opened.closed)).toBe(
    true,
  )
  const own = { cookie: `parley.session_token=${cookie?.value}` }
  const list = await world.server.ask<readonly { title: string }[]>('GET', '/api/trackers', own)
  expect(list.body.map(({ title }) => title)).not.toContain('Evil')

  // A session that has ended is nobody's, wherever its cookie was kept.
  await page.getByRole('button', { name: /^Your account/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.waitForURL('**/sign-in**')
  expect((await world.server.ask('GET', '/api/trackers', own)).status).toBe(401)
})
