/** P9: every frame that there is, stock and crafted, times every role: what a role may not write is not applied, spread or stored. */
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { WebSocket } from 'ws'
import * as Y from 'yjs'
import {
  CLOSES,
  may,
  parseDocumentName,
  ROLES,
  writeAction,
  type DocumentRef,
  type Role,
} from '#shared/access.ts'
import { createTracker, describeTracker } from '#shared/document/tracker.ts'
import type { AccountId } from '#shared/ids.ts'
import { decodeFrame, encodeFrame, FRAME_KINDS, type Frame } from '#shared/wire.ts'
import { awareness } from '#test/server/live-peers.ts'
import { openSocket, startLive, type LiveServer } from '#test/server/live-server.ts'

let live: LiveServer
beforeAll(async () => {
  live = await startLive()
  await (await live.rooms.open(MATRIX)).edit('ada' as AccountId, doc => createTracker(doc, 'Talks'))
  await (
    await live.rooms.open(COMPARTMENT)
  ).edit('ada' as AccountId, doc => createTracker(doc, 'Back channel'))
  await (
    await live.rooms.open(DISCUSSION)
  ).edit('ada' as AccountId, doc =>
    doc.getMap('threads').set('th0', new Y.Map([['title', 'First']])),
  )
})
afterAll(() => live.close())

const named = (name: string): DocumentRef => parseDocumentName(name) as DocumentRef
const MATRIX = named('t1')
const DISCUSSION = named('t1.discussion')
const COMPARTMENT = named('t1.channel')

/** A document as a tab has it, in which something is changed; and the update of that change alone. */
interface Draft {
  readonly whole: Y.Doc
  readonly change: Uint8Array
  readonly deletion: Uint8Array
}
let drafts = 0
const draftOf = (ref: DocumentRef, stored: Uint8Array): Draft => {
  const changed = (edit: (doc: Y.Doc) => void): readonly [Y.Doc, Uint8Array] => {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, stored)
    const before = Y.encodeStateVector(doc)
    edit(doc)
    return [doc, Y.encodeStateAsUpdate(doc, before)]
  }
  const title = `Crafted ${++drafts}`
  const [whole, change] = changed(doc => {
    if (ref.kind !== 'discussion') describeTracker(doc, { title })
    else doc.getMap('threads').set(`th${drafts}`, new Y.Map([['title', title]]))
  })
  const [, deletion] = changed(doc => {
    const root = doc.getMap(ref.kind === 'discussion' ? 'threads' : 'tracker')
    root.delete([...root.keys()].at(-1) ?? '')
  })
  return { whole, change, deletion }
}

interface Crafted {
  readonly what: string
  readonly frame: (draft: Draft) => Uint8Array | string
  /** Whether the draft's change is in it, for whoever may write. */
  readonly writes?: true
  /** What ends the connection of anybody. */
  readonly ends?: true
}

const as = (frame: Frame): Uint8Array => encodeFrame(frame)
const bytes = (...numbers: readonly number[]): Uint8Array => Uint8Array.from(numbers)
const glued = (...parts: readonly Uint8Array[]): Uint8Array => Buffer.concat(parts)
const SOMEBODY = { account: { id: 'ada', name: 'ada', colour: 1 }, place: null }

/** By kind: a new kind of frame without a row does not compile, and fails below. */
const FRAMES: Readonly<Record<Frame['kind'], readonly Crafted[]>> = {
  ask: [
    {
      what: 'what I miss',
      frame: ({ whole }) => as({ kind: 'ask', stateVector: Y.encodeStateVector(whole) }),
    },
    { what: 'everything', frame: () => as({ kind: 'ask', stateVector: bytes(0) }) },
    {
      what: 'with a change in the place of the vector',
      frame: ({ change }) => as({ kind: 'ask', stateVector: change }),
    },
  ],
  answer: [
    { what: 'with nothing new', frame: () => as({ kind: 'answer', update: bytes(0, 0) }) },
    {
      what: 'with a change',
      frame: ({ change }) => as({ kind: 'answer', update: change }),
      writes: true,
    },
    {
      what: 'with all that I have and a change',
      frame: ({ whole }) => as({ kind: 'answer', update: Y.encodeStateAsUpdate(whole) }),
      writes: true,
    },
    {
      what: 'with a deletion',
      frame: ({ deletion }) => as({ kind: 'answer', update: deletion }),
      writes: true,
    },
  ],
  update: [
    { what: 'with nothing', frame: () => as({ kind: 'update', update: bytes(0, 0) }) },
    {
      what: 'with a change',
      frame: ({ change }) => as({ kind: 'update', update: change }),
      writes: true,
    },
    {
      what: 'with a deletion',
      frame: ({ deletion }) => as({ kind: 'update', update: deletion }),
      writes: true,
    },
    {
      what: 'that is cut off',
      frame: ({ change }) => as({ kind: 'update', update: change }).subarray(0, -3),
      ends: true,
    },
  ],
  presence: [
    {
      what: 'of my own',
      frame: ({ whole }) =>
        as({ kind: 'presence', update: awareness([whole.clientID, 1, SOMEBODY]) }),
    },
    {
      what: 'of others',
      frame: () =>
        as({ kind: 'presence', update: awareness([1, 1, SOMEBODY], [2, 2 ** 30, null]) }),
    },
    {
      what: 'with a change in its place',
      frame: ({ change }) => as({ kind: 'presence', update: change }),
    },
  ],
  askPresence: [{ what: 'who is here', frame: () => as({ kind: 'askPresence' }) }],
  denied: [
    { what: 'to the server', frame: () => as({ kind: 'denied', reason: 'no' }), ends: true },
    {
      what: 'as a permission',
      frame: ({ change }) => glued(bytes(2, 1, change.length), change),
      ends: true,
    },
  ],
  saved: [{ what: 'of all', frame: () => as({ kind: 'saved', upTo: 2 ** 20 }), ends: true }],
  lend: [
    { what: 'to the server', frame: () => as({ kind: 'lend', client: 1, clock: 1 }), ends: true },
  ],
  rights: [{ what: 'to the server', frame: () => as({ kind: 'rights' }), ends: true }],
  giveBack: [
    { what: 'of a pen of others', frame: () => as({ kind: 'giveBack', client: 1, clock: 1 }) },
    {
      what: 'of a pen of mine that I never had',
      frame: ({ whole }) => as({ kind: 'giveBack', client: whole.clientID, clock: 2 ** 20 }),
    },
  ],
}

const NO_FRAMES: readonly Crafted[] = [
  { what: 'nothing', frame: () => bytes(), ends: true },
  { what: 'a text', frame: () => 'let me write', ends: true },
  {
    what: 'an unknown message',
    frame: ({ change }) => glued(bytes(77, change.length), change),
    ends: true,
  },
  {
    what: 'an unknown step of the sync',
    frame: ({ change }) => glued(bytes(0, 3, change.length), change),
    ends: true,
  },
  {
    what: 'a change behind a question who is here',
    frame: ({ change }) =>
      glued(as({ kind: 'askPresence' }), as({ kind: 'update', update: change })),
  },
]

test('the table has a row for every kind of frame', () => {
  expect(Object.keys(FRAMES).toSorted()).toEqual(FRAME_KINDS.toSorted())
})

/** All that a socket has been sent, and how it ended. */
const watched = (socket: WebSocket) => {
  const frames: Frame[] = []
  let closed: number | undefined
  const waiting = new Set<() => void>()
  const wake = (): void => waiting.forEach(look => look())
  socket.on('message', (data: Buffer) => {
    const frame = decodeFrame(new Uint8Array(data))
    if (frame) frames.push(frame)
    wake()
  })
  socket.on('close', code => {
    closed = code
    wake()
  })
  const until = (isSo: () => boolean): Promise<void> =>
    new Promise(resolve => {
      const look = (): void => {
        if (!isSo()) return
        waiting.delete(look)
        resolve()
      }
      waiting.add(look)
      look()
    })
  return { frames, until, closed: () => closed }
}

let accounts = 0
const enter = (ref: DocumentRef, role: Role) => {
  // An account for each, or comings and goings would be too many.
  const cookie = `who=u${++accounts}:${role}`
  const socket = openSocket(live.port, `/live/${ref.name}?saved=1`, { cookie })
  return { socket, ...watched(socket) }
}
const stateOf = async (ref: DocumentRef) => {
  const room = await live.rooms.open(ref)
  const head = await room.whenDurable()
  const stored = await live.store.load(ref.name)
  return { head, state: Y.encodeStateAsUpdate(room.doc), entries: stored.head }
}
/** The order in which Yjs writes the authors' parts is of no meaning. */
const sameState = (a: Uint8Array, b: Uint8Array): boolean =>
  Buffer.compare(Y.encodeStateVectorFromUpdate(a), Y.encodeStateVectorFromUpdate(b)) === 0 &&
  Buffer.compare(Buffer.from(a), Buffer.from(b)) === 0

const CASES = [...Object.entries(FRAMES), ['no frame', NO_FRAMES] as const].flatMap(
  ([kind, crafted]) => crafted.map(it => [`${kind}: ${it.what}`, it] as const),
)

describe.each([
  ['the matrix', MATRIX],
  ['the discussion', DISCUSSION],
  ['a compartment', COMPARTMENT],
])('in %s', (_, ref) => {
  describe.each(ROLES)('by the %s', role => {
    test.each(CASES)('%s', async (_name, { ends, frame, writes }) => {
      const mayWrite = may(role, writeAction(ref.kind))
      const before = await stateOf(ref)
      const draft = draftOf(ref, before.state)
      const witness = enter(ref, 'owner')
      const sender = enter(ref, role)
      await Promise.all([
        witness.until(() => witness.frames.length > 0),
        sender.until(() => sender.frames.length > 0),
      ])
      const stateVector = Y.encodeStateVector(draft.whole)
      witness.socket.send(as({ kind: 'ask', stateVector }))
      await witness.until(() => witness.frames.some(({ kind }) => kind === 'answer'))

      sender.socket.send(frame(draft))
      sender.socket.send(as({ kind: 'ask', stateVector }))
      const settled = (): boolean => sender.frames.some(({ kind }) => kind === 'answer')
      await sender.until(() => settled() || sender.closed() !== undefined)
      const after = await stateOf(ref)
      const isStored = after.entries > before.entries
      const refused = writes === true && !mayWrite
      if (ends) expect(sender.closed()).toBe(CLOSES.malformed.code)
      if (refused) expect(sender.closed()).toBe(CLOSES.notAllowed.code)
      if (writes && mayWrite) {
        expect(isStored).toBe(true)
        await witness.until(() => witness.frames.some(({ kind }) => kind === 'update'))
      } else {
        expect(isStored).toBe(false)
        expect(after.head).toBe(before.head)
        expect(sameState(before.state, after.state)).toBe(true)
        // Whatever else was on its way to the witness has come by now.
        witness.socket.send(as({ kind: 'askPresence' }))
        witness.socket.send(as({ kind: 'ask', stateVector }))
        await witness.until(
          () => witness.frames.filter(({ kind }) => kind === 'answer').length === 2,
        )
        expect(witness.frames.filter(({ kind }) => kind === 'update')).toEqual([])
      }
      const gone = [witness, sender].map(({ closed, socket }) =>
        closed() === undefined ? once(socket, 'close') : undefined,
      )
      witness.socket.close()
      sender.socket.close()
      await Promise.all(gone)
    })
  })
})
