/** State vectors: how far somebody has each client's edits. */
import * as Y from 'yjs'

export type StateVector = ReadonlyMap<number, number>

/** Yjs encodes a map as well as a document's own; its types know only the document. */
export const encodeVector = (vector: StateVector): Uint8Array =>
  Y.encodeStateVector(vector as Map<number, number>)

/** Undefined for bytes that are none. */
export const readVector = (bytes: Uint8Array): StateVector | undefined => {
  try {
    return Y.decodeStateVector(bytes)
  } catch {
    return undefined
  }
}
