/** Editing traces of real people: who typed what where, and what each of them had seen of the others by then. */
import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type * as Y from 'yjs'

/** Not part of this repository: the traces have licences of their own. */
const FOLDER = new URL('../../../shared/data/editing-traces/', import.meta.url)

export const hasTraces = existsSync(FOLDER)

type Patch = readonly [position: number, deleted: number, inserted: string]

export interface Txn {
  readonly patches: readonly Patch[]
  /** In a concurrent trace: whose it is, and the places of those that it was made upon. */
  readonly agent?: number
  readonly parents?: readonly number[]
}

export interface Trace {
  readonly endContent: string
  readonly txns: readonly Txn[]
}

export const readTrace = (name: string): Trace => {
  const trace = JSON.parse(
    gunzipSync(readFileSync(new URL(`${name}.json.gz`, FOLDER))).toString(),
  ) as Trace
  // The traces count code points; Yjs counts as strings do, which is the same without these.
  if (/[\u{10000}-\u{10ffff}]/u.test(JSON.stringify(trace)))
    throw new Error(`${name} holds characters of two units`)
  return trace
}

export const type = (text: Y.Text, { patches }: Txn): void => {
  for (const [position, deleted, inserted] of patches) {
    if (deleted > 0) text.delete(position, deleted)
    if (inserted !== '') text.insert(position, inserted)
  }
}
