/** The thread that folds: one call after the other. */
import { parentPort } from 'node:worker_threads'
import * as decoding from 'lib0/decoding'
import { foldHere, type FoldCall, type FoldReply } from '#server/live/folding.ts'

const updatesIn = function* (bytes: Uint8Array): Generator<Uint8Array> {
  const from = decoding.createDecoder(bytes)
  while (decoding.hasContent(from)) yield decoding.readVarUint8Array(from)
}

parentPort?.on('message', ({ id, state, updates }: FoldCall) => {
  try {
    const folded = foldHere(state, updatesIn(updates))
    parentPort?.postMessage({ id, state: folded } satisfies FoldReply, [
      folded.buffer as ArrayBuffer,
    ])
  } catch (error) {
    const refusal = error instanceof Error ? error.message : String(error)
    parentPort?.postMessage({ id, refusal } satisfies FoldReply)
  }
})
