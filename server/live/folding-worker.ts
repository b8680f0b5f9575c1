/** The thread that folds. */
import * as decoding from 'lib0/decoding'
import { bufferOf, foldHere, type FoldCall } from '#server/live/folding.ts'
import { answerCalls } from '#server/thread.ts'

const updatesIn = function* (bytes: Uint8Array): Generator<Uint8Array> {
  const from = decoding.createDecoder(bytes)
  while (decoding.hasContent(from)) yield decoding.readVarUint8Array(from)
}

answerCalls<FoldCall, Uint8Array>(
  ({ state, updates }) => foldHere(state, updatesIn(updates)),
  folded => [bufferOf(folded)],
)
