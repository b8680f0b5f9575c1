/** The demo tracker with its past: edits replayed at their true times, each by its author, and five snapshots. */
import { setImmediate } from 'node:timers/promises'
import { inArray } from 'drizzle-orm'
import * as Y from 'yjs'
import { members, trackers, user } from '#drizzle/sqlite/schema.ts'
import { newAccountId } from '#server/accounts/account-id.ts'
import type { Archive } from '#server/history/archive.ts'
import { EMPTY } from '#server/history/snapshots.ts'
import { ANNOUNCEMENT } from '#server/seeds/demo-announcement.ts'
import type { Chapter } from '#server/seeds/demo-chapter.ts'
import { DEMO_AUTHORS, freshIds, type DemoAuthor, type Edit } from '#server/seeds/demo-edit.ts'
import { DEMO_DESCRIPTION, DEMO_TITLE } from '#server/seeds/demo-outline.ts'
import { ISTANBUL } from '#server/seeds/demo-istanbul.ts'
import { MORNING_AFTER, MUSCAT } from '#server/seeds/demo-muscat.ts'
import { NOTHING } from '#server/seeds/demo-nothing.ts'
import { OMAN } from '#server/seeds/demo-oman.ts'
import { DEMO_TEXTS } from '#server/seeds/demo-texts.ts'
import { hashOf, TextTable } from '#server/texts/text-table.ts'
import type { Database } from '#server/store/database.ts'
import type { Draft, Store } from '#server/store/store.ts'
import { compare } from '#shared/compare/compare.ts'
import { summarise } from '#shared/compare/summary.ts'
import { createTracker, readTracker } from '#shared/document/tracker.ts'
import { newId, type AccountId, type TrackerId } from '#shared/ids.ts'

export interface SeedDeps {
  readonly db: Database
  readonly store: Store
  readonly archive: Archive
  readonly now: () => number
}

const BETWEEN_EDITS = 2 * 60_000
const CHAPTERS: readonly Chapter[] = [
  {
    ...ANNOUNCEMENT,
    edits: [
      ['desk', doc => createTracker(doc, DEMO_TITLE, DEMO_DESCRIPTION)],
      ...ANNOUNCEMENT.edits,
    ],
  },
  ISTANBUL,
  OMAN,
  NOTHING,
  MUSCAT,
  MORNING_AFTER,
]

/** Stores the demo and answers its id. The account owns it; the demo's authors are its editors. */
export const seedDemo = async (deps: SeedDeps, owner: AccountId): Promise<TrackerId> => {
  const { archive, db, now, store } = deps
  const id = newId<TrackerId>()
  const accounts = await demoAccounts(db, now())
  const past = await replay(accounts)
  await store.append([{ document: id, drafts: past.drafts, clients: past.clients }])
  const editedAt = past.drafts.at(-1)?.at ?? now()
  const createdAt = past.drafts[0]?.at ?? editedAt
  await db.batch([
    db.insert(trackers).values({ id, title: DEMO_TITLE, createdAt, editedAt }),
    db.insert(members).values([
      { trackerId: id, accountId: owner, role: 'owner' as const, joinedAt: now() },
      ...Object.values(accounts).map(accountId => ({
        trackerId: id,
        accountId,
        role: 'editor' as const,
        joinedAt: createdAt,
      })),
    ]),
  ])
  for (const moment of past.moments) await archive.add(id, moment)
  const texts = new TextTable(db)
  for (const { at, by, text } of Object.values(DEMO_TEXTS))
    await texts.add(id, {
      hash: hashOf(text),
      text,
      kind: 'pasted',
      name: '',
      bytes: Buffer.byteLength(text),
      by: accounts[by],
      at: Date.parse(at),
      redactedAt: null,
    })
  return id
}

type Accounts = Readonly<Record<DemoAuthor, AccountId>>

/** The demo's authors, who are made once and have no password. */
const demoAccounts = async (db: Database, now: number): Promise<Accounts> => {
  const made = new Date(now)
  const authors = Object.values(DEMO_AUTHORS)
  // One after the other: each gets a colour that those before it do not have.
  for (const author of authors)
    await db
      .insert(user)
      .values({ id: await newAccountId(db), ...author, createdAt: made, updatedAt: made })
      .onConflictDoNothing()
  const rows = await db
    .select({ id: user.id, email: user.email })
    .from(user)
    .where(
      inArray(
        user.email,
        authors.map(({ email }) => email),
      ),
    )
  const idOf = (author: DemoAuthor): AccountId =>
    rows.find(({ email }) => email === DEMO_AUTHORS[author].email)?.id as AccountId
  return { desk: idOf('desk'), mediation: idOf('mediation'), sources: idOf('sources') }
}

/**
 * Each author edits in a document of their own, as in a tab, and sees what the others did before. Between chapters the server
 * may do other things.
 */
const replay = async (accounts: Accounts) => {
  const ids = freshIds()
  const table = new Y.Doc()
  const desks = new Map<DemoAuthor, Y.Doc>()
  const drafts: Draft[] = []
  const moments = []
  let then = EMPTY
  let since = 0

  const edit = (by: DemoAuthor, change: Edit, at: number): void => {
    const doc = desks.get(by) ?? new Y.Doc()
    desks.set(by, doc)
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(table, Y.encodeStateVector(doc)))
    let update: Uint8Array | undefined
    doc.once('update', (bytes: Uint8Array) => (update = bytes))
    const pen = { by: accounts[by], at, accountOf: (author: DemoAuthor) => accounts[author] }
    doc.transact(() => change(doc, ids, pen))
    if (!update) throw new Error(`An edit of the demo changes nothing: ${String(change)}`)
    Y.applyUpdate(table, update)
    drafts.push({ account: accounts[by], at, update })
  }

  for (const { edits, snapshot, starts } of CHAPTERS) {
    await setImmediate()
    let at = Date.parse(starts)
    for (const [by, change] of edits) edit(by, change, (at += BETWEEN_EDITS))
    if (!snapshot) continue
    const now = readTracker(table)
    moments.push({
      seq: drafts.length,
      at: at + BETWEEN_EDITS,
      kind: 'manual' as const,
      label: snapshot.label,
      note: snapshot.note,
      by: accounts[snapshot.by],
      authors: [...new Set(drafts.slice(since).map(({ account }) => account))],
      summary: summarise(compare(then, now)),
      state: Y.encodeStateAsUpdateV2(table),
    })
    then = now
    since = drafts.length
  }
  const clients = new Map([...desks].map(([by, doc]) => [doc.clientID, accounts[by]]))
  return { drafts, moments, clients }
}
