/** Real editing traces, replayed through real sockets by stock clients, end in their known text on every replica. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { TrackerEntry } from '#shared/api.ts'
import { addIssue } from '#shared/document/issues.ts'
import { positionName, readText } from '#shared/document/layout.ts'
import { addParty } from '#shared/document/parties.ts'
import type { IssueId, PartyId, TrackerId } from '#shared/ids.ts'
import { startServer, type Person, type TestServer } from '#test/server/harness.ts'
import { stockClient, until } from '#test/server/stock-client.ts'
import { Agent } from '#test/traces/agent.ts'
import { hasTraces, readTrace, type, type Trace } from '#test/traces/trace.ts'

const TEXT = positionName('issue' as IssueId, 'party' as PartyId)
/** Transactions that a sequential trace's writer makes in one, as a fast typist's editor would not: it takes too long. */
const AT_ONCE = 100
const PATIENCE = 120_000

/** A machine types faster than people, and all of it comes from one address. */
const ENVIRONMENT = {
  LIMIT_MESSAGES_AT_ONCE: '1000000',
  LIMIT_MESSAGES_PER_SECOND: '1000000',
}

type Client = ReturnType<typeof stockClient>

let server: TestServer
let clients: Client[]
let people: readonly [Person, Person, Person]
let tracker: TrackerId

beforeEach(async () => {
  clients = []
  server = await startServer({ environment: ENVIRONMENT })
  const { owner } = await server.createFirstAccount()
  const { body } = await server.ask<TrackerEntry>('POST', '/api/trackers', {
    cookie: owner.cookie,
    body: { title: 'Traces' },
  })
  tracker = body.id as TrackerId
  const bo = await server.invite(owner, tracker, 'editor', 'Bo')
  people = [owner, bo, await server.invite(owner, tracker, 'viewer', 'Cy')]
})
afterEach(async () => {
  for (const { provider } of clients) provider.destroy()
  await server.close()
})

const join = async ({ cookie }: Person): Promise<Client> => {
  const client = stockClient(server.url, cookie, tracker)
  clients.push(client)
  await new Promise<void>(resolve => client.provider.once('sync', () => resolve()))
  return client
}

/** Everybody is there, and there is a text to write in. */
const gather = async (): Promise<readonly [ada: Client, bo: Client, cy: Client]> => {
  const [ada, bo, cy] = await Promise.all([join(people[0]), join(people[1]), join(people[2])])
  addParty(ada.doc, 'party' as PartyId, { name: 'North' })
  addIssue(ada.doc, 'issue' as IssueId, { title: 'Text', basketId: null })
  for (const { doc } of [bo, cy]) await until(doc, () => doc.getMap('issues').has('issue'))
  return [ada, bo, cy]
}

const textOf = ({ doc }: Client): string => readText(doc, TEXT)

const expectEverywhere = async ({ endContent }: Trace): Promise<void> => {
  for (const client of clients) {
    await until(client.doc, () => textOf(client) === endContent)
    expect(client.doc.store.pendingStructs).toBeNull()
  }
  await server.restart()
  const late = await join(people[2])
  expect(textOf(late)).toBe(endContent)
  expect(Y.encodeStateVector(late.doc)).toEqual(Y.encodeStateVector(clients[0]?.doc ?? late.doc))
}

const replayAlone = async (trace: Trace): Promise<void> => {
  const [{ doc }] = await gather()
  const text = doc.getText(TEXT)
  for (let at = 0; at < trace.txns.length; at += AT_ONCE) {
    doc.transact(() => {
      for (const txn of trace.txns.slice(at, at + AT_ONCE)) type(text, txn)
    })
    await new Promise(resolve => setImmediate(resolve))
  }
  await expectEverywhere(trace)
}

/** Of each agent's transactions, how many somebody who has seen these has seen. */
type Seen = readonly number[]

const replayTogether = async (trace: Trace): Promise<void> => {
  const [ada, bo] = await gather()
  // Of what two type at one place at once, Yjs puts the lower id's first, and the trace the first agent's.
  const [low = 0, high = 0] = [new Y.Doc().clientID, new Y.Doc().clientID].toSorted((a, b) => a - b)
  const agents = [new Agent(ada, TEXT, low), new Agent(bo, TEXT, high)]
  const seen: Seen[] = []
  for (const { agent = 0, parents = [], patches } of trace.txns) {
    const before = agents.map((_, nth) => Math.max(0, ...parents.map(at => seen[at]?.[nth] ?? 0)))
    const writer = agents[agent]
    if (!writer) throw new Error('More people than two')
    for (const [nth, other] of agents.entries()) {
      const news = other === writer ? undefined : other.send(before[nth] ?? 0)
      if (news) await writer.see(news)
    }
    writer.write({ patches })
    seen.push(before.with(agent, writer.written))
  }
  for (const agent of agents) agent.send(agent.written)
  await expectEverywhere(trace)
}

if (!hasTraces)
  // One line, and no failure: the traces are somebody else's, and not everybody has them.
  test('the editing traces are not on this machine: nothing is replayed', () => undefined)
else
  describe('a trace ends in its known text for everybody, and after a restart', () => {
    test('friendsforever: two people in one text', { timeout: PATIENCE }, () =>
      replayTogether(readTrace('friendsforever')),
    )
    test('json-crdt-blog-post: one writer', { timeout: PATIENCE }, () =>
      replayAlone(readTrace('json-crdt-blog-post')),
    )
    test('automerge-paper: one writer, a quarter of a million edits', { timeout: PATIENCE }, () =>
      replayAlone(readTrace('automerge-paper')),
    )
  })
