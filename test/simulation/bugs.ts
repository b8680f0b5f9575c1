/** The planted bugs: what a server could do wrong, as its store, its sockets or its memory would make it look. */
import * as Y from 'yjs'
import type { DocumentName } from '#shared/access.ts'
import type { AccountId } from '#shared/ids.ts'
import { decodeFrame, encodeFrame, isSync } from '#shared/wire.ts'
import type { Batch, Draft, Store } from '#server/store/store.ts'
import type { Bug } from '#test/simulation/bug.ts'
import type { Line } from '#test/simulation/line.ts'

type Append = Store['append']

const withAppend = (append: (store: Store) => Append): Pick<Bug, 'store'> => ({
  store: store => ({ ...store, append: append(store) }),
})

const withDrafts = (change: (draft: Draft, nth: number, all: readonly Draft[]) => Draft) =>
  withAppend(
    store => batches =>
      store.append(batches.map(batch => ({ ...batch, drafts: batch.drafts.map(change) }))),
  )

/** What the heads would be, if all went well. */
const guesser = (): ((batches: readonly Batch[]) => ReadonlyMap<DocumentName, number>) => {
  const heads = new Map<DocumentName, number>()
  return batches => {
    for (const { document, drafts } of batches)
      heads.set(document, (heads.get(document) ?? 0) + drafts.length)
    return heads
  }
}

const hasStructs = ({ update }: Draft): boolean => Y.decodeUpdate(update).structs.length > 0

const EMPTY = Y.encodeStateAsUpdate(new Y.Doc())

/** Replaces what the server sends. */
const rewritten = (line: Line, rewrite: (frame: Uint8Array) => readonly Uint8Array[]): void => {
  const down = line.down
  const push = down.push.bind(down)
  down.push = (...frames) => push(...frames.flatMap(rewrite))
}

export const BUGS: readonly Bug[] = [
  {
    name: 'acknowledges early',
    found: /not on disk|is damaged|opens as something else/,
    ...withAppend(store => {
      const guess = guesser()
      return async batches => {
        store.append(batches).catch(() => undefined)
        return guess(batches)
      }
    }),
  },
  {
    name: 'swallows failures',
    found: /not on disk|has a gap|is damaged|opens as something else/,
    ...withAppend(store => {
      const guess = guesser()
      return batches => store.append(batches).catch(() => guess(batches))
    }),
  },
  {
    name: 'an append overtakes the one that failed before it',
    found: /not on disk|has a gap|is damaged|opens as something else/,
    ...withAppend(store => {
      const guess = guesser()
      let failed: readonly Batch[] = []
      return async batches => {
        const heads = await store.append(batches).catch(() => {
          failed = batches
          return guess(batches)
        })
        if (failed === batches || failed.length === 0) return heads
        const late = failed
        failed = []
        return new Map([...heads, ...(await store.append(late).catch(() => guess(late)))])
      }
    }),
  },
  {
    name: 'a lost answer is appended again and counted wrong',
    found: /miscounts|is damaged/,
    ...withAppend(store => {
      let doubt = 0
      return async batches => {
        try {
          const heads = await store.append(batches)
          return new Map([...heads].map(([name, head]) => [name, head - doubt]))
        } catch (error) {
          if (error instanceof Error && /answer/.test(error.message))
            doubt += batches.reduce((sum, { drafts }) => sum + drafts.length, 0)
          throw error
        }
      }
    }),
  },
  {
    name: 'files everything under the first author of a batch',
    found: /is filed under|wrote without the right|belongs to another/,
    ...withDrafts((draft, _nth, [first]) => ({
      ...draft,
      account: first?.account ?? draft.account,
    })),
  },
  {
    name: 'files deletions under the wrong author',
    found: /said to have deleted|wrote without the right/,
    ...withDrafts(draft => (hasStructs(draft) ? draft : { ...draft, account: 'ada' as AccountId })),
  },
  {
    name: 'forgets what was deleted',
    found: /not on disk|something else|another t1/,
    ...withDrafts(draft => (hasStructs(draft) ? draft : { ...draft, update: EMPTY })),
  },
  {
    name: 'one failing document holds up the others',
    found: /never comes to rest|never becomes|never gets back in|never gets an answer/,
    store: (store, disk) => ({
      ...store,
      append: batches =>
        disk.refused.size > 0
          ? Promise.reject(new Error('The disk is full'))
          : store.append(batches),
    }),
  },
  {
    name: 'trims before the checkpoint is on disk',
    found: /opens as something else|has lost entries|stands at place|is damaged|has a gap/,
    store: (store, disk, process) => ({
      ...store,
      checkpoint: async (document, checkpoint) => {
        const entries = disk.kept.get(document)?.entries ?? []
        const trimmed = entries.splice(0, checkpoint.upTo)
        process.reach('between checkpoint and trimming')
        await Promise.resolve()
        if (!process.isDead) entries.unshift(...trimmed)
        await store.checkpoint(document, checkpoint)
      },
    }),
  },
  {
    name: '"saved" on receipt',
    found: /"saved", and it is not on disk|calls all that it holds saved/,
    received: (line, frame) => {
      if (!isSync(frame)) return
      const nth = (receipts.get(line) ?? 0) + 1
      receipts.set(line, nth)
      if (line.peer.wantsSaved) line.down.push(encodeFrame({ kind: 'saved', upTo: nth }))
    },
  },
  {
    name: '"saved" counts one too many',
    found: /"saved", and it is not on disk|calls all that it holds saved/,
    line: line =>
      rewritten(line, bytes => {
        const frame = decodeFrame(bytes)
        return frame?.kind === 'saved'
          ? [encodeFrame({ kind: 'saved', upTo: frame.upTo + 1 })]
          : [bytes]
      }),
  },
  {
    name: 'spreads before it stores',
    found: /is shown what is not on disk/,
    received: (line, frame, lines) => {
      if (decodeFrame(frame)?.kind !== 'update') return
      for (const other of lines)
        if (other !== line && other.room === line.room) other.down.push(frame)
    },
  },
  {
    name: 'answers from the wrong state vector',
    found: /something else than the disk|never becomes/,
    line: line =>
      rewritten(line, bytes => {
        const frame = decodeFrame(bytes)
        if (frame?.kind !== 'answer') return [bytes]
        const [client, clock] = [...Y.parseUpdateMeta(frame.update).from][0] ?? []
        if (client === undefined || clock === undefined) return [bytes]
        const wrong = Y.encodeStateVector(new Map([[client, clock + 1]]) as never)
        return [encodeFrame({ kind: 'answer', update: Y.diffUpdate(frame.update, wrong) })]
      }),
  },
  {
    name: 'a slow reader misses a frame',
    found: /something else than the disk|never becomes/,
    line: line =>
      rewritten(line, bytes =>
        line.isSlow && line.down.length > 0 && decodeFrame(bytes)?.kind === 'update' ? [] : [bytes],
      ),
  },
  {
    name: 'does not look again what an open connection may do',
    found: /wrote without the right/,
    forgetsRoles: true,
  },
  {
    name: 'forgets a room with unsaved work',
    found: /opens as something else|another t\d|something else than the disk|miscounts|is damaged/,
    forgetsWork: true,
  },
  {
    name: 'history misses an entry',
    found: /rows of changes|who wrote what|has a gap/,
    missesEntries: true,
  },
  {
    name: 'a run of changes ends with the stretch that was written down',
    found: /rows of changes/,
    losesRuns: true,
  },
  {
    name: 'shows people under the names that they give themselves',
    found: /shown under another name/,
    received: (line, frame, lines) => {
      if (decodeFrame(frame)?.kind !== 'presence') return
      for (const other of lines)
        if (other !== line && other.room === line.room) other.down.push(frame)
    },
  },
]

const receipts = new WeakMap<Line, number>()
