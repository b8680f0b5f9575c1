/**
 * The process that reads one file: bytes on standard input, the kind as its argument, the text on standard output. It may
 * read Parley's own code and nothing else: no network, no writing, no other process. A file that wants more memory than
 * there is ends it.
 */
import { buffer } from 'node:stream/consumers'
import { Worker } from 'node:worker_threads'
import { readText } from '#server/texts/read.ts'
import { Unfit, UNFIT_EXIT } from '#server/texts/unfit.ts'
import type { FileKind } from '#shared/texts.ts'

/** Looks after the memory from a thread of its own, because a parser that is busy looks after nothing. */
new Worker(new URL('reader-guard.ts', import.meta.url), {
  resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 2, stackSizeMb: 1 },
}).unref()

const say = (words: string, exit: number): void =>
  void process.stdout.write(words, () => process.exit(exit))

try {
  const bytes = await buffer(process.stdin)
  const kind = process.argv[2] as FileKind
  say(await readText(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length), kind), 0)
} catch (error) {
  say(error instanceof Unfit ? error.code : 'damaged', UNFIT_EXIT)
}
