/** The audit log as a file, piece by piece: however long it is, little of it is in memory. */
import type { AuditRow } from '#server/audit/audit-log.ts'
import type { AuditQuery, AuditReading } from '#server/audit/audit-reading.ts'
import { BYTE_ORDER_MARK, csvRows } from '#server/exchange/csv.ts'

const COLUMNS = [
  'seq',
  'at',
  'what',
  'by',
  'byName',
  'from',
  'trackerId',
  'subject',
  'detail',
  'previous',
  'hash',
] as const satisfies readonly (keyof AuditRow)[]

const written = (row: AuditRow): readonly string[] =>
  COLUMNS.map(name => (name === 'at' ? new Date(row.at).toISOString() : String(row[name] ?? '')))

/** A table with all columns of the log. */
export async function* csvPieces(reading: AuditReading, query: AuditQuery): AsyncGenerator<string> {
  const { seq } = await reading.head()
  yield `${BYTE_ORDER_MARK}${csvRows([COLUMNS])}`
  for await (const rows of reading.all(query, seq)) yield csvRows(rows.map(written))
}

/** `{"head": {…}, "rows": […]}`, with the rows as they are stored. */
export async function* jsonPieces(
  reading: AuditReading,
  query: AuditQuery,
): AsyncGenerator<string> {
  const head = await reading.head()
  yield `{"head":${JSON.stringify(head)},"rows":[`
  let comma = ''
  for await (const rows of reading.all(query, head.seq)) {
    yield `${comma}\n${rows.map(row => JSON.stringify(row)).join(',\n')}`
    comma = ','
  }
  yield '\n]}\n'
}
