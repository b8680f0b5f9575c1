/** Putting something into a compartment: it is written there, taken out of the matrix, and redacted from its whole life. */
import * as Y from 'yjs'
import type { Account } from '#server/accounts/accounts.ts'
import { textsNamedIn } from '#server/exchange/texts-in-file.ts'
import type { Archive } from '#server/history/archive.ts'
import type { Matrices } from '#server/history/matrices.ts'
import type { Redacting } from '#server/history/redact.ts'
import type { Moved, Plan, RedactionTable } from '#server/history/redaction-table.ts'
import type { Planned, Rewriter } from '#server/history/rewriter.ts'
import type { Store } from '#server/store/store.ts'
import { compartmentRef, type DocumentName } from '#shared/access.ts'
import { MOVABLE_LABELS, type OutsidersSee, type Subject } from '#shared/compartments.ts'
import { belongingIn, copyInto, takeOut, wordsOf } from '#shared/document/moving.ts'
import { readTracker } from '#shared/document/tracker.ts'
import type { CompartmentId, TextHash, TrackerId } from '#shared/ids.ts'
import type { Tracker } from '#shared/tracker.ts'

export interface MovesDeps {
  readonly matrices: Pick<Matrices, 'read'>
  readonly store: Pick<Store, 'readSince'>
  readonly table: RedactionTable
  readonly archive: Pick<Archive, 'packed'>
  readonly redacting: Pick<Redacting, 'snapshot' | 'take'>
  readonly rewriter: Pick<Rewriter, 'run' | 'stored'>
}

export interface Into {
  readonly id: CompartmentId
  readonly outsidersSee: OutsidersSee
}

export class Moves {
  readonly #deps: MovesDeps

  constructor(deps: MovesDeps) {
    this.#deps = deps
  }

  /** Answers whether it was there to be moved. */
  async move(
    trackerId: TrackerId,
    by: Pick<Account, 'id' | 'name'>,
    into: Into,
    subject: Subject,
  ): Promise<boolean> {
    const { matrices, rewriter } = this.#deps
    const { value: isThere } = await matrices.read(
      trackerId,
      doc => belongingIn(doc, subject) !== undefined,
    )
    // Where there is nothing to move, nobody is sent away for nothing.
    if (!isThere) return false
    const { name } = compartmentRef(trackerId, into.id)
    const done = await rewriter.run(trackerId, by, [name], () =>
      this.#plan(trackerId, into, subject),
    )
    return done !== undefined
  }

  async #plan(
    trackerId: TrackerId,
    { id, outsidersSee }: Into,
    subject: Subject,
  ): Promise<Planned<undefined> | undefined> {
    const { redacting, rewriter, store, table } = this.#deps
    const { name } = compartmentRef(trackerId, id)
    const from = await rewriter.stored(trackerId)
    const to = await rewriter.stored(name)
    const belonging = belongingIn(from, subject)
    if (!belonging) return undefined
    const said = await table.findSaid(trackerId, wordsOf(from, belonging))
    const named = textsNamed(readTracker(from))
    const edits = [
      editOf(name, to, () => copyInto(to, from, belonging)),
      editOf(trackerId, from, () => takeOut(from, belonging)),
    ]
    const texts = [...named.difference(textsNamed(readTracker(from)))]
    const updates = (await store.readSince(trackerId, 0)).map(({ update }) => update)
    const blanks = await redacting.take({ updates, subject })
    return {
      plan: {
        where: `a ${MOVABLE_LABELS[subject.kind]}`,
        documents: [{ name: trackerId, blanks }],
        snapshots: await this.#snapshots(trackerId, blanks, subject),
        beside: said,
        moved: { isSilent: outsidersSee === 'nothing', edits, into: id, subject, texts },
      },
      reason: 'It is in a compartment now',
      told: undefined,
    }
  }

  async #snapshots(
    trackerId: TrackerId,
    blanks: Plan['documents'][number]['blanks'],
    subject: Subject,
  ): Promise<Plan['snapshots']> {
    const { archive, redacting, table } = this.#deps
    const found = []
    for (const id of await table.snapshots(trackerId)) {
      const state = await archive.packed(trackerId, id)
      const call = { blanks: [blanks], text: null, texts: [], subject }
      const shot = state && (await redacting.snapshot({ state, ...call }))
      if (shot && shot.blanks.length > 0) found.push({ id, blanks: shot.blanks })
    }
    return found
  }
}

const textsNamed = (tracker: Tracker): ReadonlySet<TextHash> => new Set(textsNamedIn(tracker))

const editOf = (document: DocumentName, doc: Y.Doc, change: () => void): Moved['edits'][number] => {
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  doc.transact(change)
  if (updates.length === 0) throw new Error('A move that changes nothing')
  const update = Buffer.from(Y.mergeUpdates(updates)).toString('base64')
  return { document, client: doc.clientID, update }
}
