import { expect, test } from 'vitest'
import { reportWords } from '#client/people/files.ts'

const report = { cells: 0, issuesAdded: 0, partiesAdded: 0, refused: [], safety: null }

test('an import tells what it wrote, what it left out and where, and the way back', () => {
  const refused = [
    { row: 4, column: 'Iran · stance', value: 'Perhaps' },
    { row: 9, column: 'Iran', value: '' },
  ]
  expect(reportWords({ ...report, cells: 12, issuesAdded: 1, refused, safety: 'before' })).toBe(
    '12 cells written, 1 issue added. 2 values left out, the first in row 4, column “Iran · stance”: “Perhaps”. A snapshot from before is in the history.',
  )
})

test('an import of what is there already says so', () => {
  expect(reportWords(report)).toBe('Nothing new in this file.')
})
