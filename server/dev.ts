/**
 * `npm run dev`: Vite serves the client and reloads it; the server runs behind it and restarts on change. People and
 * sockets use one address, the one of `npm start`.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer as createProbe, type AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'
import { parseConfig } from '#server/config.ts'

const { host, port } = parseConfig(process.env).config

const probe = createProbe().listen(0, '127.0.0.1')
await once(probe, 'listening')
const { port: behind } = probe.address() as AddressInfo
probe.close()

const target = `http://127.0.0.1:${behind}`
const vite = await createServer({
  configFile: fileURLToPath(new URL('../client/vite.config.ts', import.meta.url)),
  server: {
    host,
    port,
    strictPort: true,
    // With the address that people use, or the server takes them for visitors from another site.
    // By pattern: `/api` alone would take `client/api.ts` too, and `/live` the folder `client/live`.
    proxy: {
      '^/api/': { target, changeOrigin: false },
      '^/s/': { target, changeOrigin: false },
      '^/live/[^./]+(?:[.]discussion)?(?:[?]|$)': { target, changeOrigin: false, ws: true },
    },
  },
})
await vite.listen()

const main = fileURLToPath(new URL('main.ts', import.meta.url))
const server = spawn(process.execPath, ['--watch', '--watch-preserve-output', main], {
  stdio: ['ignore', 'pipe', 'inherit'],
  env: { ...process.env, HOST: '127.0.0.1', PORT: String(behind) },
})
// The ready line is ours: the server behind does not know the address that people use.
server.stdout.once('data', () =>
  process.stdout.write(
    `Parley is ready at ${vite.resolvedUrls?.local[0] ?? `http://${host}:${port}/`}\n`,
  ),
)
server.stdout.resume()

const stop = async (): Promise<void> => {
  server.kill('SIGTERM')
  await Promise.all([once(server, 'exit'), vite.close()])
  process.exit(0)
}
process.once('SIGINT', () => void stop())
process.once('SIGTERM', () => void stop())
