/** The built client: hashed files for ever, the page itself fresh each time. */
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'

/** The client's own addresses. Any other gets the same page, which says that nothing is there. */
const PAGES = /^\/(?:$|t\/|join\/|reset\/|sign-in$|welcome$|account$|server$)/

export const clientRoutes = (folder: string) => {
  const file = (path?: string) =>
    serveStatic({ root: folder, precompressed: true, ...(path !== undefined && { path }) })
  return new Hono()
    .use('/assets/*', cached('public, max-age=31536000, immutable'), file())
    .get('/assets/*', context => context.notFound())
    .use('*', cached('no-cache'), file())
    .get('*', statusOfPage, file('index.html'))
}

const statusOfPage = createMiddleware(async (context, next) => {
  await next()
  const { body, headers, ok } = context.res
  if (ok && !PAGES.test(context.req.path))
    context.res = new Response(body, { status: 404, headers })
})

const cached = (rule: string) =>
  createMiddleware(async (context, next) => {
    await next()
    context.header('cache-control', context.res.ok ? rule : 'no-store')
  })
