/** The built client: hashed files for ever, the page itself made anew each time. */
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import { pagePolicy } from '#server/headers.ts'

/** The client's own addresses. Any other gets the same page, which says that nothing is there. */
const PAGES = /^\/(?:$|t\/|join\/|reset\/|sign-in$|sign-up$|forgotten$|welcome$|account$|server$)/
/** Stands in the built page where its nonce belongs. */
const NONCE_MARK = '{{nonce}}'

export const clientRoutes = (folder: string) =>
  new Hono()
    .use('/assets/*', forEver, serveStatic({ root: folder, precompressed: true }))
    .get('/assets/*', context => context.notFound())
    .get('*', async context => {
      const nonce = randomBytes(16).toString('base64url')
      const page = await readFile(join(folder, 'index.html'), 'utf8')
      return context.html(
        page.replace(NONCE_MARK, nonce),
        PAGES.test(context.req.path) ? 200 : 404,
        // With nothing to compare by it comes whole each time; the browser's own way back may keep it.
        { 'cache-control': 'private, no-cache', 'content-security-policy': pagePolicy(nonce) },
      )
    })

/** A worker lives by the policy of its own file: these have that of pages. */
const forEver = createMiddleware(async (context, next) => {
  await next()
  const { ok } = context.res
  context.header('cache-control', ok ? 'public, max-age=31536000, immutable' : 'no-store')
  if (ok) context.header('content-security-policy', pagePolicy())
})
