/** A process of its own that appends until it is killed, and says what it was promised: `<document> <head>`. */
import { writeSync } from 'node:fs'
import { openSqlite } from '#server/store/sqlite.ts'
import { ada, drafts, name } from '#test/contract/store.ts'

const [, , folder = ''] = process.argv
const { store } = await openSqlite(folder)

const keepWriting = async (document: string): Promise<never> => {
  let { head } = await store.load(name(document))
  for (;;) {
    const numbers = Array.from({ length: 1 + (head % 3) }, (_, index) => (head + index + 1) % 256)
    const heads = await store.append([
      { document: name(document), drafts: drafts(ada, ...numbers) },
    ])
    head = heads.get(name(document)) ?? 0
    writeSync(1, `${document} ${head}\n`)
  }
}

await Promise.all(['a', 'b', 'c'].map(keepWriting))
