/** The styles of a page that was left stay loaded: what they name must not be met on the page that follows. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const client = join(import.meta.dirname, '../../client')

/** The classes that the style sheets below these folders of the client speak of. */
const classesIn = (...folders: readonly string[]): ReadonlySet<string> =>
  new Set(
    folders
      .flatMap(folder => {
        const path = join(client, folder)
        const names = readdirSync(path, { recursive: true, encoding: 'utf8' })
        return names.filter(name => name.endsWith('.css')).map(name => join(path, name))
      })
      .flatMap(file => readFileSync(file, 'utf8').match(/(?<=\.)[a-z][\w-]*(?=[^{};]*\{)/g) ?? []),
  )

test('a tracker’s styles name no class of the pages around it', () => {
  const shared = classesIn('ui')
  const around = classesIn('start')
  const inside = classesIn('matrix', 'history', 'evidence', 'people', 'live')
  expect(around).toContain('specimen-cell')
  expect(inside).toContain('red-line')
  expect([...around].filter(name => inside.has(name) && !shared.has(name))).toEqual([])
})
