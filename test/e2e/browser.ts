/** The browser of the journeys: the system's Chromium or Chrome if there is one, else one that came from npm. */
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser } from 'playwright-core'

const SYSTEM_BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** The journeys run on loopback: nothing may try to reach any other host. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
]

/** Playwright's own flags may be left out, such as the one that keeps pages out of the browser's memory. */
export const launchBrowser = async (...ignoreDefaultArgs: string[]): Promise<Browser> => {
  const system = process.env['BROWSER_PATH'] ?? SYSTEM_BROWSERS.find(existsSync)
  return system === undefined
    ? await launchPackaged(ignoreDefaultArgs)
    : await chromium.launch({ executablePath: system, args: FLAGS, ignoreDefaultArgs })
}

/** The packaged browser brings the libraries that a bare machine lacks; it unpacks them where it believes itself on AWS. */
const launchPackaged = async (ignoreDefaultArgs: string[]): Promise<Browser> => {
  process.env['AWS_LAMBDA_JS_RUNTIME'] ??= 'nodejs22.x'
  const { default: packaged } = await import('@sparticuz/chromium')
  const executablePath = await packaged.executablePath()
  return await chromium.launch({
    executablePath,
    ignoreDefaultArgs,
    args: [...FLAGS, '--no-zygote', '--disable-dev-shm-usage'],
    env: { ...process.env, LD_LIBRARY_PATH: join(tmpdir(), 'al2023', 'lib') } as Record<
      string,
      string
    >,
  })
}
