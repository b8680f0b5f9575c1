import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  bare,
  parseTabs,
  planPaste,
  readBlock,
  writeBlock,
  type Block,
  type Home,
  type Piece,
} from '#client/matrix/clipboard.ts'
import type { ClaimId, IssueId, PartyId, TrackerId } from '#shared/ids.ts'

const textsOf = (block: Block<Piece>) => block.map(row => row.map(({ text }) => text))
const html = (source: string, home?: Home) =>
  textsOf(readBlock({ html: source, text: 'not this' }, home))
const HERE: Home = { trackerId: 'here' as TrackerId, hasClaim: id => id !== 'gone' }

test('Excel: a line break inside a cell, entities, and a cell that is empty', () => {
  expect(
    html(`<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style>td{color:black}</style></head><body>
<table border=0 cellpadding=0><!--StartFragment-->
 <col width=64 style='width:48pt'>
 <tr height=20><td height=20 class=xl65 width=64>Wide access,<br style="mso-data-placement:same-cell;">
    short notice</td><td align=right>20</td></tr>
 <tr height=20><td>R&amp;D &lt;10&nbsp;%</td><td></td></tr>
<!--EndFragment--></table></body></html>`),
  ).toEqual([
    ['Wide access,\nshort notice', '20'],
    ['R&D <10 %', ''],
  ])
})

test('Sheets: the origin’s wrapper and its attributes are not content', () => {
  expect(
    html(`<google-sheets-html-origin><style type="text/css"><!--td {border: 1px solid #ccc;}--></style>
<table xmlns="http://www.w3.org/1999/xhtml" cellspacing="0" dir="ltr"><colgroup><col width="100"/><col width="100"/></colgroup>
<tbody><tr style="height:21px;"><td data-sheets-value="{&quot;1&quot;:2}">Phased relief</td><td>No<br/>relief</td></tr></tbody></table>`),
  ).toEqual([['Phased relief', 'No\nrelief']])
})

test('Word: paragraphs of a cell are its lines, merged cells keep their place', () => {
  expect(
    html(`<body lang=EN-US><table class=MsoTableGrid border=1>
<tr><td width=200 colspan=2><p class=MsoNormal><b>Iran</b><o:p></o:p></p></td><td rowspan=2><p class=MsoNormal>both
rows</p></td></tr>
<tr><td><p class=MsoNormal>First paragraph.</p><p class=MsoNormal>Second <i>one</i>.</p></td><td><p class=MsoNormal>&nbsp;</p></td></tr>
</table></body>`),
  ).toEqual([
    ['Iran', '', 'both rows'],
    ['First paragraph.\nSecond one.', '', ''],
  ])
})

test('HTML without a table is read as the text beside it', () => {
  expect(textsOf(readBlock({ html: '<p>Some <b>words</b></p>', text: 'Some words' }))).toEqual([
    ['Some words'],
  ])
})

test('tab-separated text: quoted lines stay one cell, a last line break is not a row', () => {
  expect(parseTabs('a\t"two\nlines, ""quoted"""\r\nb\t\r\n')).toEqual([
    ['a', 'two\nlines, "quoted"'],
    ['b', ''],
  ])
  expect(parseTabs('')).toEqual([['']])
  expect(parseTabs('a\n\nb')).toEqual([['a'], [''], ['b']])
})

test('a cell that merely begins with a quotation swallows nothing', () => {
  expect(parseTabs('"Nothing", says Tehran\tno\n"open\tend')).toEqual([
    ['"Nothing", says Tehran', 'no'],
    ['"open', 'end'],
  ])
})

const block = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
  .chain(([rows, columns]) =>
    fc.array(
      fc.array(
        fc
          .string({ unit: fc.constantFrom('a', ' b', '"', '\t', '\n', '<', '&', 'م') })
          .map(s => s.trim()),
        { minLength: columns, maxLength: columns },
      ),
      { minLength: rows, maxLength: rows },
    ),
  )
  .filter(cells => cells.length * (cells[0]?.length ?? 0) > 1)

test('what is copied is what is pasted, as text (seed 7)', () => {
  fc.assert(
    fc.property(block, cells => {
      expect(parseTabs(writeBlock(cells).text)).toEqual(cells)
    }),
    { seed: 7 },
  )
})

test('what is copied is what is pasted, as HTML', () => {
  const cells = [
    ['one\ntwo', '<b> & "c"'],
    ['', 'متن'],
  ]
  expect(html(writeBlock(cells).html)).toEqual(cells)
})

test('what was copied with its hedges comes back bare, whatever it holds (seed 7)', () => {
  fc.assert(
    fc.property(block, cells => {
      const hedged = cells.map(row => row.map(words => `reportedly ${words} (unconfirmed)`))
      const pieces = cells.map(row => row.map(bare))
      const written = writeBlock(hedged, { trackerId: HERE.trackerId, pieces })
      expect(html(written.html, HERE)).toEqual(cells)
      expect(parseTabs(written.text)).toEqual(hedged)
      for (const home of [undefined, { ...HERE, trackerId: 'there' as TrackerId }])
        expect(
          html(written.html, home)
            .flat()
            .every(words => /^reportedly.*unconfirmed\)$/s.test(words)),
        ).toBe(true)
    }),
    { seed: 7 },
  )
})

test('a copied cell takes its claims along in its tracker, and its hedges where one of them is not', () => {
  const piece = (...claimIds: readonly string[]): Piece => ({
    text: 'wide access',
    claimIds: claimIds as readonly ClaimId[],
    cutFrom: { issueId: 'i' as IssueId, partyId: 'p' as PartyId },
  })
  const pieces = [[piece('a', 'b'), piece('a', 'gone'), bare('Iran')]]
  const hedged = 'reportedly wide access (unconfirmed)'
  const written = writeBlock([[hedged, hedged, 'Iran']], { trackerId: HERE.trackerId, pieces })
  expect(readBlock(written, HERE)).toEqual([[piece('a', 'b'), bare(hedged), bare('Iran')]])
  expect(readBlock(written, { ...HERE, trackerId: 'there' as TrackerId })).toEqual([
    [bare(hedged), bare(hedged), bare('Iran')],
  ])
})

test('one cell alone is copied as its words', () => {
  expect(writeBlock([['Said "no"\nand left']]).text).toBe('Said "no"\nand left')
})

const sheet = { rows: 5, columns: 4 }

test('one value fills all that is selected', () => {
  const { writes } = planPaste([['x']], { top: 1, start: 1, rows: 2, columns: 3 }, sheet)
  expect(writes).toHaveLength(6)
  expect(new Set(writes.map(({ value }) => value))).toEqual(new Set(['x']))
})

test('one row goes into every selected row', () => {
  const { writes } = planPaste([['x', 'y']], { top: 0, start: 0, rows: 3, columns: 2 }, sheet)
  expect(writes.map(({ row, value }) => `${row}${value}`)).toEqual([
    '0x',
    '0y',
    '1x',
    '1y',
    '2x',
    '2y',
  ])
})

test('a block that does not fit a whole number of times is pasted once', () => {
  const { writes } = planPaste([['1'], ['2']], { top: 0, start: 0, rows: 3, columns: 1 }, sheet)
  expect(writes.map(({ value }) => value)).toEqual(['1', '2'])
})

test('what goes beyond the last row is told apart, what goes beyond the last column is counted', () => {
  const plan = planPaste(
    [
      ['a', 'b', 'c'],
      ['d', 'e', 'f'],
    ],
    { top: 4, start: 2, rows: 1, columns: 1 },
    sheet,
  )
  expect(plan.writes.map(({ value }) => value)).toEqual(['a', 'b'])
  expect(plan.overflow).toEqual([['d', 'e']])
  expect(plan.cutColumns).toBe(1)
})
