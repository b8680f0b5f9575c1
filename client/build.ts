/** Builds the client into client/dist, unless what it is made of is the same as at the last build. */
import { createHash } from 'node:crypto'
import { readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'client/dist')
const mark = join(dist, '.built-from')

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

const hash = await hashInputs()
if ((await readFile(mark, 'utf8').catch(() => '')) !== hash) {
  // Without the mark a build that stops half-way is done again.
  await rm(mark, { force: true })
  const { build } = await import('vite')
  try {
    await build({ configFile: join(root, 'client/vite.config.ts'), logLevel: 'warn' })
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  }
  const files = await filesBelow(dist)
  await Promise.all(files.filter(file => COMPRESSIBLE.test(file)).map(compress))
  await writeFile(mark, hash)
}
