/** Builds the client into client/dist, unless what it is made of is the same as at the last build. */
import { createHash } from 'node:crypto'
import { readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'client/dist')
const MARK = '.built-from'

const INPUTS = ['client', 'shared', 'package-lock.json']
const COMPRESSIBLE = /\.(?:js|css|html|svg|json|txt)$/

const filesBelow = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))

const hashInputs = async (): Promise<string> => {
  const hash = createHash('sha256').update(process.version)
  for (const input of INPUTS) {
    const path = join(root, input)
    const files = input.includes('.') ? [path] : await filesBelow(path)
    for (const file of files.filter(file => !file.startsWith(dist)).sort()) {
      hash.update(`\0${file.slice(root.length)}\0`).update(await readFile(file))
    }
  }
  return hash.digest('hex')
}

const compress = async (file: string): Promise<void> => {
  const bytes = await readFile(file)
  if (bytes.length < 1_024) return
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9 }
  await writeFile(`${file}.br`, await promisify(brotliCompress)(bytes, { params }))
  await writeFile(`${file}.gz`, await promisify(gzip)(bytes, { level: 9 }))
}

/** Built beside, then put in place: whoever starts at the same time never serves or compresses half a client. */
const buildInto = async (folder: string, hash: string): Promise<void> => {
  // Whoever asks for the build, a test among them: it is the one that people get.
  process.env['NODE_ENV'] = 'production'
  const { build } = await import('vite')
  const configFile = join(root, 'client/vite.config.ts')
  await build({ configFile, logLevel: 'warn', build: { outDir: folder } })
  const files = await filesBelow(folder)
  await Promise.all(files.filter(file => COMPRESSIBLE.test(file)).map(compress))
  await writeFile(join(folder, MARK), hash)
}

const replaceBy = async (folder: string): Promise<void> => {
  const former = `${folder}-former`
  await rename(dist, former).catch(() => undefined)
  // It fails where somebody else has put the same client there a moment ago.
  await rename(folder, dist).catch(() => rm(folder, { recursive: true }))
  await rm(former, { recursive: true, force: true })
}

const hash = await hashInputs()
if ((await readFile(join(dist, MARK), 'utf8').catch(() => '')) !== hash) {
  const folder = `${dist}-${process.pid}`
  try {
    await buildInto(folder, hash)
    await replaceBy(folder)
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  }
}
