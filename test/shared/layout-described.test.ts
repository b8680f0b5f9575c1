/** The README describes the document for those who write scripts: nothing of it is left out there. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { RECORDS } from '#shared/document/registry.ts'

const rows = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  .split('\n')
  .filter(line => line.startsWith('| `'))

test.each(Object.entries(RECORDS))('the README names %s and each of its fields', (root, kind) => {
  const row = rows.find(line => line.split('|')[1]?.includes(`\`${root}\``)) ?? ''
  expect(Object.keys(kind.fields).filter(field => !row.includes(`\`${field}\``))).toEqual([])
})
