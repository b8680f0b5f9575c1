/** Parley for the bench: the real server with real accounts, whose trackers are laid into its database beforehand. */
import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as Y from 'yjs'
import { members, trackers } from '#drizzle/sqlite/schema.ts'
import { openSqlite } from '#server/store/sqlite.ts'
import type { ApiSession, Entered, InvitationLink } from '#shared/api.ts'
import { parseDocumentName, type DocumentName } from '#shared/access.ts'
import type { AccountId, TrackerId } from '#shared/ids.ts'
import type { Draft } from '#server/store/store.ts'
import {
  startServer,
  type Seat,
  type ServerProcess,
  type Start,
} from '#test/bench/peers/machine.ts'
import { cookieOf, personNamed } from '#test/server/harness.ts'

export interface HouseAccount {
  readonly id: AccountId
  readonly cookie: string
}

/** A tracker as it is to lie on disk: its edits in order, each by the account at this place. */
export interface StoredTracker {
  readonly name: string
  readonly edits: readonly { readonly account: number; readonly update: Uint8Array }[]
  /** To which account each client id belongs. */
  readonly clients: ReadonlyMap<number, number>
  /** The state after all of them, for a document that was open before. */
  readonly checkpoint?: Uint8Array
}

const MAIN = fileURLToPath(new URL('../../../server/main.ts', import.meta.url))

/** So that one machine and few accounts may play everybody; the guard and the disk stay as they are. */
const ROOM_FOR_ALL: Readonly<Record<string, string>> = {
  LIMIT_SOCKETS_PER_ACCOUNT: '100000',
  LIMIT_SOCKETS_PER_ADDRESS: '100000',
  LIMIT_JOINS_AT_ONCE: '100000',
  LIMIT_JOINS_PER_SECOND: '100000',
  LIMIT_MESSAGES_AT_ONCE: '1000000',
  LIMIT_MESSAGES_PER_SECOND: '100000',
  LIMIT_CLIENT_IDS_A_DAY: '100000',
}

export type Started = Pick<Start, 'seat' | 'nodeOptions'> & Partial<Pick<Start, 'environment'>>

export const startParley = (folder: string, options: Started): Promise<ServerProcess> =>
  startServer({
    ...options,
    entry: [MAIN],
    environment: { DATA_DIR: folder, ...ROOM_FOR_ALL, ...options.environment },
  })

/** A data folder with so many accounts, made over HTTP as people do; they can sign nothing else than in. */
export const makeHouse = async (folder: string, many: number, seat: Seat): Promise<void> => {
  const server = await startParley(folder, { seat })
  const ask = async (method: string, path: string, cookie: string, body?: unknown) => {
    const answer = await fetch(new URL(path, server.url), {
      method,
      headers: { cookie, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
    return {
      status: answer.status,
      headers: answer.headers,
      body: (await answer.json()) as unknown,
    }
  }
  const setup = await ask('POST', '/api/setup', '', personNamed('Person 0'))
  const { trackerId } = setup.body as Entered
  const cookies = [cookieOf(setup)]
  for (let index = 1; index < many; index++) {
    const invited = await ask('POST', `/api/trackers/${trackerId}/invitations`, cookies[0] ?? '', {
      role: 'editor',
    })
    const { token } = invited.body as InvitationLink
    const joined = await ask('POST', `/api/invitations/${token}/accept`, '', {
      account: personNamed(`Person ${index}`),
    })
    cookies.push(cookieOf(joined))
  }
  const accounts: HouseAccount[] = []
  for (const cookie of cookies) {
    const { body } = await ask('GET', '/api/session', cookie)
    accounts.push({ id: (body as ApiSession).account?.id as AccountId, cookie })
  }
  await server.stop()
  await writeFile(join(folder, 'accounts.json'), JSON.stringify(accounts))
}

export const accountsIn = async (folder: string): Promise<readonly HouseAccount[]> =>
  JSON.parse(await readFile(join(folder, 'accounts.json'), 'utf8')) as readonly HouseAccount[]

export const copyHouse = (from: string, to: string): Promise<void> =>
  cp(from, to, { recursive: true, filter: source => !source.endsWith('.sock') })

const AT_ONCE = 1_000

/** Lays trackers into the database of a server that is not running; everybody is an editor of each. */
export const storeTrackers = async (
  folder: string,
  stored: readonly StoredTracker[],
): Promise<void> => {
  const accounts = await accountsIn(folder)
  const idOf = (place: number): AccountId => {
    const account = accounts[place % accounts.length]
    if (!account) throw new Error('The house has no accounts')
    return account.id
  }
  const { close, db, store } = await openSqlite(folder)
  const now = Date.now()
  for (const { checkpoint, clients, edits, name } of stored) {
    const id = name as TrackerId
    await db.insert(trackers).values({ id, title: name, createdAt: now, editedAt: now })
    await db.insert(members).values(
      accounts.map(({ id: accountId }, index) => ({
        trackerId: id,
        accountId,
        role: index === 0 ? ('owner' as const) : ('editor' as const),
        joinedAt: now,
      })),
    )
    const document = documentOf(name)
    const owners = new Map([...clients].map(([client, place]) => [client, idOf(place)]))
    for (let at = 0; at < edits.length; at += AT_ONCE) {
      const drafts = edits
        .slice(at, at + AT_ONCE)
        .map(({ account, update }): Draft => ({ account: idOf(account), at: now, update }))
      await store.append([{ document, drafts, clients: at === 0 ? owners : new Map() }])
    }
    if (!checkpoint) continue
    await store.checkpoint(document, { upTo: edits.length, state: checkpoint })
    await store.compact(document)
  }
  await close()
}

/** What is on disk, read by nobody but the auditor: the state, and for each edit who it is filed under. */
export const auditParley = async (folder: string, name: string) => {
  const { close, store } = await openSqlite(folder)
  try {
    const document = documentOf(name)
    const { clients } = await store.load(document)
    const entries = await store.readSince(document, 0)
    const doc = new Y.Doc()
    Y.transact(doc, () => {
      for (const { update } of entries) Y.applyUpdate(doc, update)
    })
    let misfiled = 0
    for (const { account, update } of entries)
      for (const { id } of Y.decodeUpdate(update).structs)
        if (clients.get(id.client) !== account) misfiled++
    return { doc, clients, misfiled }
  } finally {
    await close()
  }
}

const documentOf = (name: string): DocumentName => {
  const ref = parseDocumentName(name)
  if (!ref) throw new Error(`${name} names no document`)
  return ref.name
}
