/** P37: what is in a compartment reaches its members, and nobody else by any way. */
import { gunzipSync, zstdDecompressSync } from 'node:zlib'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { auditFile } from '#server/store/sqlite-audit.ts'
import { CLOSES } from '#shared/access.ts'
import type { ApiError, ApiHistory, ApiMember } from '#shared/api.ts'
import type { ApiCompartments } from '#shared/compartment-api.ts'
import { attachClaim, readCells, setCell, setPosition } from '#shared/document/cells.ts'
import { citationRecords, claimRecords } from '#shared/document/claims.ts'
import { issueRecords } from '#shared/document/issues.ts'
import { positionName } from '#shared/document/layout.ts'
import { addParty, partyRecords } from '#shared/document/parties.ts'
import { redactionRecords } from '#shared/document/redactions.ts'
import { redLineRecords } from '#shared/document/redlines.ts'
import { excerptRecords, sourceRecords } from '#shared/document/sources.ts'
import { readTracker } from '#shared/document/tracker.ts'
import { decodeChapters } from '#shared/history/chapter.ts'
import type {
  CitationId,
  ClaimId,
  ExcerptId,
  IssueId,
  PartyId,
  RedLineId,
  SourceId,
  TextHash,
  TrackerId,
} from '#shared/ids.ts'
import type { Tracker } from '#shared/tracker.ts'
import { startServer, type Person, type TestServer } from '#test/server/harness.ts'
import { stockClient, until } from '#test/server/stock-client.ts'

vi.setConfig({ testTimeout: 30_000 })

const isOnSqlite = process.env['TEST_POSTGRES'] === undefined

let server: TestServer
let tracker: TrackerId
let people: Readonly<Record<'owner' | 'other' | 'editor' | 'viewer', Person>>
const tabs: { destroy: () => void }[] = []

beforeAll(async () => {
  server = await startServer()
  const { owner, trackerId } = await server.createFirstAccount('Olga Owner')
  tracker = trackerId
  const other = await server.invite(owner, tracker, 'editor', 'Omar Owner')
  await server.ask('PATCH', at(`/members/${other.id}`), {
    cookie: owner.cookie,
    body: { role: 'owner' },
  })
  people = {
    owner,
    other,
    editor: await server.invite(owner, tracker, 'editor', 'Edda Editor'),
    viewer: await server.invite(owner, tracker, 'viewer', 'Vera Viewer'),
  }
})
afterAll(async () => {
  for (const tab of tabs) tab.destroy()
  await server.close()
})

const at = (rest = '') => `/api/trackers/${tracker}${rest}`
const asking = <Body = ApiCompartments>(
  { cookie }: Person,
  method: string,
  rest: string,
  body?: unknown,
) => server.ask<Body & ApiError>(method, at(rest), { cookie, ...(body !== undefined && { body }) })
const list = async (who: Person) => (await asking(who, 'GET', '/compartments')).body

const made = async (outsidersSee: 'nothing' | 'withheld' = 'nothing'): Promise<string> => {
  const name = `Channel ${crypto.randomUUID()}`
  const { body, status } = await asking(people.owner, 'POST', '/compartments', {
    name,
    outsidersSee,
  })
  expect(status).toBe(201)
  // Those of the same millisecond come in any order.
  return body.compartments.find(it => it.name === name)?.id ?? ''
}
const letIn = (id: string, who: Person) =>
  asking(people.owner, 'PUT', `/compartments/${id}/members/${who.id}`)

const socket = ({ cookie }: Person, id: string): WebSocket => {
  const opened = new WebSocket(`${server.url.replace('http', 'ws')}/live/${tracker}.${id}`, {
    headers: { cookie, origin: server.url },
  })
  opened.on('error', () => undefined)
  return opened
}
const closeOf = async (opened: WebSocket): Promise<number> => (await once(opened, 'close'))[0]

const openTab = async ({ cookie }: Person, name: string) => {
  const { doc, provider } = stockClient(server.url, cookie, name as TrackerId)
  tabs.push(provider)
  await new Promise<void>(resolve => provider.once('sync', () => resolve()))
  return { doc, provider }
}

describe('who is in a compartment', () => {
  test('knows of it; everybody else, another owner included, at most that there is one', async () => {
    const [hidden, withheld] = [await made(), await made('withheld')]
    const mine = (await list(people.owner)).compartments
    expect(mine.map(({ id, mayManage }) => [id, mayManage]).toSorted()).toEqual(
      [
        [hidden, true],
        [withheld, true],
      ].toSorted(),
    )
    expect(await list(people.other)).toEqual({ compartments: [], withheld: 1 })
    expect(await list(people.editor)).toEqual({ compartments: [], withheld: 1 })
    await letIn(withheld, people.editor)
    const editors = await list(people.editor)
    expect(editors.withheld).toBe(0)
    expect(editors.compartments.map(it => [it.id, it.mayManage])).toEqual([[withheld, false]])
    const members = editors.compartments[0]?.members.map(({ name, role }) => [name, role])
    expect(members?.toSorted()).toEqual([
      ['Edda Editor', 'editor'],
      ['Olga Owner', 'owner'],
    ])
  })

  test('is for an owner within it to say; for all others it does not exist', async () => {
    const id = await made()
    const change = { name: 'Mine now' }
    const outside = await asking(people.other, 'PATCH', `/compartments/${id}`, change)
    const nowhere = await asking(people.other, 'PATCH', '/compartments/nowhere', change)
    expect([outside.status, outside.body]).toEqual([404, nowhere.body])
    const self = `/compartments/${id}/members/${people.other.id}`
    expect((await asking(people.other, 'PUT', self)).status).toBe(404)
    expect((await asking(people.other, 'DELETE', self)).status).toBe(404)
    const stranger = await asking(people.owner, 'PUT', `/compartments/${id}/members/nobody`)
    expect([stranger.status, stranger.body.error.code]).toEqual([404, 'no_member'])
  })

  test('keeps an owner in it, and passes to its editors when none is left, never to an owner outside', async () => {
    const id = await made()
    await letIn(id, people.editor)
    const own = `/compartments/${id}/members/${people.owner.id}`
    expect((await asking(people.owner, 'DELETE', own)).body.error.code).toBe('last_owner')
    const role = (name: string) =>
      asking<ApiMember[]>(people.other, 'PATCH', `/members/${people.owner.id}`, { role: name })
    await role('editor')
    const self = `/compartments/${id}/members/${people.other.id}`
    expect((await asking(people.other, 'PUT', self)).status).toBe(404)
    expect((await list(people.other)).compartments.map(it => it.id)).not.toContain(id)
    const manages = async () =>
      (await list(people.editor)).compartments.find(it => it.id === id)?.mayManage
    expect(await manages()).toBe(true)
    const renamed = await asking(people.editor, 'PATCH', `/compartments/${id}`, { name: 'Ours' })
    expect(renamed.status).toBe(200)
    await role('owner')
    expect(await manages()).toBe(false)
    expect((await asking(people.editor, 'PUT', self)).status).toBe(403)
  })

  test('is asked whether it keeps an owner in the very statement, when two leave at once', async () => {
    const id = await made()
    await letIn(id, people.other)
    const leaving = [people.owner, people.other].map(who =>
      asking(who, 'DELETE', `/compartments/${id}/members/${who.id}`),
    )
    const statuses = (await Promise.all(leaving)).map(({ status }) => status)
    expect(statuses.toSorted()).toEqual([204, 409])
  })

  test('whose only member has lost the tracker can be opened again by nobody else', async () => {
    const id = await made()
    const path = `/members/${people.owner.id}`
    await asking(people.other, 'DELETE', path)
    expect((await list(people.other)).compartments.map(it => it.id)).not.toContain(id)
    const self = `/compartments/${id}/members/${people.other.id}`
    expect((await asking(people.other, 'PUT', self)).status).toBe(404)
    await asking(people.other, 'PUT', path, { role: 'owner' })
    expect((await list(people.owner)).compartments.map(it => it.id)).toContain(id)
  })

  test('who loses the tracker loses it too, and does not get it back with the tracker', async () => {
    const guest = await server.invite(people.owner, tracker, 'editor', 'Gus Guest')
    const id = await made()
    await letIn(id, guest)
    const opened = socket(guest, id)
    await once(opened, 'message')
    const closed = closeOf(opened)
    await asking(people.owner, 'DELETE', `/members/${guest.id}`)
    expect(await closed).toBe(CLOSES.notFound.code)
    const link = await server.ask<{ token: string }>('POST', at('/invitations'), {
      cookie: people.owner.cookie,
      body: { role: 'editor' },
    })
    await server.ask('POST', `/api/invitations/${link.body.token}/accept`, {
      cookie: guest.cookie,
      body: {},
    })
    await expect.poll(() => list(guest)).toEqual(await list(people.viewer))
    expect(await closeOf(socket(guest, id))).toBe(CLOSES.notFound.code)
  })
})

describe('the document of a compartment', () => {
  test('opens for its members alone, and closes at once to whoever is put out', async () => {
    const id = await made()
    const shut = [people.other, people.editor, people.viewer].map(who => closeOf(socket(who, id)))
    const notThere = closeOf(socket(people.owner, 'nowhere'))
    expect(await Promise.all([...shut, notThere])).toEqual(
      Array.from({ length: 4 }, () => CLOSES.notFound.code),
    )
    await letIn(id, people.editor)
    const opened = socket(people.editor, id)
    await once(opened, 'message')
    const closed = closeOf(opened)
    await asking(people.owner, 'DELETE', `/compartments/${id}/members/${people.editor.id}`)
    const answered = performance.now()
    expect(await closed).toBe(CLOSES.notFound.code)
    expect(performance.now() - answered).toBeLessThan(1_000)
    expect(await closeOf(socket(people.editor, id))).toBe(CLOSES.notFound.code)
  })

  test('takes edits from those who may edit the tracker, of cells of the matrix too', async () => {
    const id = await made()
    await letIn(id, people.editor)
    await letIn(id, people.viewer)
    const [{ doc: editor }, { doc: owner }] = [
      await openTab(people.editor, `${tracker}.${id}`),
      await openTab(people.owner, `${tracker}.${id}`),
    ]
    const claimId = 'claim-of-a-compartment' as ClaimId
    claimRecords.put(editor, claimId, { statement: 'Said in private' })
    editor.getMap('cells').set(`some-issue/some-party/claim/${claimId}`, true)
    await until(owner, () => owner.getMap('cells').size === 1)
    expect(claimRecords.read(owner, claimId)?.statement).toBe('Said in private')
    const { doc: viewer, provider } = await openTab(people.viewer, `${tracker}.${id}`)
    expect(claimRecords.read(viewer, claimId)?.statement).toBe('Said in private')
    const refused = new Promise<number | undefined>(resolve =>
      provider.once('connection-close', event => resolve(event?.code)),
    )
    claimRecords.put(viewer, 'claim-of-a-viewer' as ClaimId, { statement: 'Not mine to say' })
    expect(await refused).toBe(CLOSES.notAllowed.code)
    expect(claimRecords.has(owner, 'claim-of-a-viewer' as ClaimId)).toBe(false)
  })
})

/** In all that is put into a compartment; in several scripts, so that nothing else holds it by chance. */
const SECRET = 'Zwetschge-42 خلیج'

/** Of what is written about it when it is gone. */
const LATE = 'Pflaume-17'

/** Something of each kind that can be moved, each full of the secret, with a past and with what belongs to it. */
const planted = async () => {
  const { doc, provider } = await openTab(people.owner, tracker)
  const id = () => crypto.randomUUID().slice(0, 8)
  const [party, claim, source, line] = [id(), id(), id(), id()]
  const issue = issueRecords.all(doc)[0]?.id as IssueId
  const known = partyRecords.all(doc)[0]?.id as PartyId
  addParty(doc, party as PartyId, { name: `${SECRET} (draft)` })
  partyRecords.set(doc, party as PartyId, { name: SECRET })
  setPosition(doc, issue, party as PartyId, `Will ${SECRET} never`)
  doc.getText(positionName(issue, party as PartyId)).delete(0, 9)
  setCell(doc, issue, party as PartyId, { scopeNote: SECRET, confidence: 'high' })
  redLineRecords.put(doc, id() as RedLineId, {
    issueId: issue,
    partyId: party as PartyId,
    statement: `Not before ${SECRET}`,
  })
  const text = await asking<{ hash: string }>(people.owner, 'POST', '/texts', {
    text: `It says: ${SECRET} ${source}`,
  })
  const textHash = text.body.hash as TextHash
  sourceRecords.put(doc, source as SourceId, { title: `Cable on ${SECRET}`, textHash })
  const excerpt = id() as ExcerptId
  excerptRecords.put(doc, excerpt, { sourceId: source as SourceId, exact: `says ${SECRET}` })
  claimRecords.put(doc, claim as ClaimId, { statement: `They want ${SECRET}` })
  citationRecords.put(doc, id() as CitationId, { claimId: claim as ClaimId, excerptId: excerpt })
  attachClaim(doc, issue, known, claim as ClaimId)
  redLineRecords.put(doc, line as RedLineId, {
    issueId: issue,
    partyId: known,
    statement: `No ${SECRET}`,
  })
  redLineRecords.set(doc, line as RedLineId, { statement: `No ${SECRET} at all` })
  // Gone before the move, and told by the history alone.
  const lifted = id() as RedLineId
  redLineRecords.put(doc, lifted, { issueId: issue, partyId: party as PartyId, statement: SECRET })
  redLineRecords.remove(doc, lifted)
  await expect.poll(() => asText(people.owner, 'GET', '')).toContain(`No ${SECRET} at all`)
  await asking(people.owner, 'POST', '/snapshots', { label: `With ${SECRET}`, note: SECRET })
  await asking(people.owner, 'POST', '/questions', {
    about: `party/${party}`,
    text: `Is ${SECRET} real?`,
  })
  await asking(people.owner, 'GET', '/changes')
  provider.destroy()
  return { issue, known, textHash, subjects: { party, claim, source, redLine: line } }
}

const bytesOf = async ({ cookie }: Person, method: string, path: string): Promise<Buffer> => {
  const answer = await fetch(new URL(path, server.url), { method, headers: { cookie } })
  return Buffer.from(await answer.arrayBuffer())
}
const asText = async (who: Person, method: string, rest: string) =>
  (await bytesOf(who, method, at(rest))).toString()

/** Every answer that somebody gets by asking for whatever there is to ask for, unpacked. */
const allAnswers = async (who: Person): Promise<string> => {
  const { body } = await server.ask<{ paths: Record<string, Record<string, unknown>> }>(
    'GET',
    '/api/openapi.json',
  )
  const history = await asking<ApiHistory>(who, 'GET', '/snapshots')
  const ids = history.body.snapshots.map(({ id }) => id)
  const paths = Object.entries(body.paths)
    .filter(([, item]) => 'get' in item)
    .flatMap(([path]) => {
      const filled = path.replace('{id}', tracker)
      if (filled.includes('{snapshotId}'))
        return ids.map(id => `${filled.replace('{snapshotId}', id)}?since=${ids.at(-1)}`)
      return filled.includes('{') ? [] : [filled]
    })
  const asked = await Promise.all(paths.map(path => bytesOf(who, 'GET', path)))
  const found = await server.ask('POST', at('/redactions/search'), {
    cookie: who.cookie,
    body: { text: SECRET },
  })
  const chapters = decodeChapters(await bytesOf(who, 'GET', at('/journal')), zstdDecompressSync)
  const file = await asking<{ document: string; snapshots: object[] }>(who, 'GET', '/export.json')
  const packed = [...asked, ...file.body.snapshots.flatMap(shot => Object.values(shot))]
    .filter(value => Buffer.isBuffer(value) || typeof value === 'string')
    .map(value => (typeof value === 'string' ? Buffer.from(value, 'base64') : value))
    .filter(bytes => bytes[0] === 0x1f && bytes[1] === 0x8b)
  return Buffer.concat([
    ...asked,
    ...[...chapters].flat().map(({ update }) => update),
    Buffer.from(JSON.stringify(found.body)),
    Buffer.from(file.body.document, 'base64'),
    ...packed.map(bytes => gunzipSync(bytes)),
  ]).toString()
}

/** What is stored of the tracker beside the compartment's own document. */
const stored = async (compartment: string): Promise<string> => {
  await server.stop()
  expect(auditFile(join(server.folder, 'parley.db')).faults).toEqual([])
  const database = new DatabaseSync(join(server.folder, 'parley.db'), { readOnly: true })
  try {
    const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all()
    return tables
      .flatMap(({ name }) => database.prepare(`SELECT * FROM "${name}"`).all())
      .filter(row => !Object.values(row).some(it => String(it).split('.').includes(compartment)))
      .map(row => JSON.stringify(Object.values(row).map(unpacked)))
      .join('\n')
  } finally {
    database.close()
    await server.startAgain()
  }
}
const unpacked = (value: unknown): unknown => {
  if (!(value instanceof Uint8Array)) return value
  const bytes = Buffer.from(value)
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return gunzipSync(bytes).toString()
  const zstd = bytes.indexOf(Buffer.from([0x28, 0xb5, 0x2f, 0xfd]))
  return zstd < 0 ? bytes.toString() : zstdDecompressSync(bytes.subarray(zstd)).toString()
}

describe('what is put into a compartment', () => {
  test('is all there for its members, and nowhere for anybody else, in any moment', async () => {
    const { issue, known, subjects, textHash } = await planted()
    const outside = [people.other, people.editor, people.viewer]
    const id = await made('withheld')
    expect(await allAnswers(people.viewer)).toContain(SECRET)
    if (isOnSqlite) expect(await stored(id)).toContain(SECRET)
    const watching = await openTab(people.viewer, tracker)
    for (const [kind, subject] of Object.entries(subjects)) {
      const body = { kind, id: subject }
      const moved = await asking(people.owner, 'POST', `/compartments/${id}/move`, body)
      expect([moved.status, moved.body]).toEqual([204, ''])
      const again = await asking(people.owner, 'POST', `/compartments/${id}/move`, body)
      expect([again.status, again.body.error.code]).toEqual([404, 'not_there'])
    }

    const { doc } = await openTab(people.owner, `${tracker}.${id}`)
    expect(partyRecords.all(doc).map(({ name }) => name)).toEqual([SECRET])
    const cell = readCells(doc).get(`${issue}/${subjects.party as PartyId}`)
    expect(cell).toMatchObject({ scopeNote: SECRET, confidence: 'high' })
    expect(cell?.position).toContain('never')
    expect(sourceRecords.all(doc)[0]?.title).toBe(`Cable on ${SECRET}`)
    expect(excerptRecords.all(doc)[0]?.exact).toBe(`says ${SECRET}`)
    expect(claimRecords.all(doc)[0]?.statement).toBe(`They want ${SECRET}`)
    expect(citationRecords.all(doc)).toHaveLength(1)
    expect(readCells(doc).get(`${issue}/${known}`)?.claimIds).toEqual([subjects.claim])
    expect(
      redLineRecords
        .all(doc)
        .map(({ statement }) => statement)
        .toSorted(),
    ).toEqual([`No ${SECRET} at all`, `Not before ${SECRET}`])

    const within = `/texts/${textHash}?compartment=${id}`
    expect(await asText(people.owner, 'GET', within)).toContain(SECRET)
    for (const path of [within, `/texts/${textHash}`, `/texts/${id}.${textHash}`])
      expect(await asText(people.other, 'GET', path)).not.toContain(SECRET)
    for (const who of outside) expect(await allAnswers(who)).not.toContain(SECRET)
    expect(JSON.stringify(server.logged)).not.toContain(SECRET)
    const { doc: matrix } = await openTab(people.viewer, tracker)
    expect(Buffer.from(Y.encodeStateAsUpdate(matrix)).toString()).not.toContain(SECRET)
    await until(watching.doc, () => !partyRecords.has(watching.doc, subjects.party as PartyId))
    expect(readTracker(matrix)).toEqual(readTracker(watching.doc))
    // Who was away, or means ill, cannot write about the column where everybody reads.
    const { doc: late, provider } = await openTab(people.editor, tracker)
    const refused = new Promise<number | undefined>(resolve =>
      provider.once('connection-close', event => resolve(event?.code)),
    )
    setCell(late, issue, subjects.party as PartyId, { scopeNote: 'Still here?' })
    expect(await refused).toBe(CLOSES.malformed.code)
    // Nor does the server write there, in anybody's name.
    const { claim, party, source } = subjects
    for (const about of [
      `party/${party}`,
      `cell/${issue}/${party}`,
      `claim/${claim}`,
      `source/${source}`,
    ])
      expect(
        (await asking(people.owner, 'POST', '/questions', { about, text: 'Why?' })).body.error.code,
      ).toBe('no_subject')
    // No past moment shows that there was a column, and nothing tells of its changes.
    for (const { id: shot } of (await asking<ApiHistory>(people.viewer, 'GET', '/snapshots')).body
      .snapshots) {
      const past = await asking<{ tracker: Tracker }>(people.viewer, 'GET', `?at=${shot}`)
      expect(JSON.stringify(past.body)).not.toContain(subjects.party)
    }
    const changes = await asText(people.viewer, 'GET', '/changes?limit=500')
    for (const subject of Object.values(subjects)) expect(changes).not.toContain(subject)
    if (isOnSqlite) expect(await stored(id)).not.toContain(SECRET)
  })

  test('gets there after all where the disk failed in the middle, with nothing left behind', async () => {
    const { subjects } = await planted()
    const id = await made()
    const { doc: away, provider } = await openTab(people.editor, tracker)
    const closed = new Promise(resolve => provider.once('connection-close', resolve))
    provider.disconnect()
    await closed
    claimRecords.set(away, subjects.claim as ClaimId, { statement: `Offline, ${LATE}` })
    server.breakDisk(true)
    const body = { kind: 'claim', id: subjects.claim }
    const moved = await asking(people.owner, 'POST', `/compartments/${id}/move`, body)
    expect([moved.status, moved.body.error.code]).toEqual([503, 'unfinished'])
    server.breakDisk(false)
    const { doc: open } = await openTab(people.owner, tracker)
    claimRecords.set(open, subjects.claim as ClaimId, { statement: `Meanwhile, ${LATE}` })
    await expect.poll(() => asText(people.owner, 'GET', '')).toContain(LATE)
    await server.restart()

    const { doc } = await openTab(people.owner, `${tracker}.${id}`)
    expect(claimRecords.read(doc, subjects.claim as ClaimId)?.statement).toContain(SECRET)
    provider.connect()
    await until(away, () => !claimRecords.has(away, subjects.claim as ClaimId))
    claimRecords.put(away, 'after-all' as ClaimId, { statement: 'Back again' })
    await expect.poll(() => asText(people.viewer, 'GET', '')).toContain('Back again')
    const answers = await allAnswers(people.viewer)
    expect([`Offline, ${LATE}`, `Meanwhile, ${LATE}`].filter(it => answers.includes(it))).toEqual(
      [],
    )
    if (isOnSqlite) expect((await stored(id)).includes(LATE)).toBe(false)
  })

  test('takes from who was away what they wrote about the column, and nothing else', async () => {
    const { issue, known, subjects } = await planted()
    const party = subjects.party as PartyId
    const away = await openTab(people.editor, tracker)
    away.provider.disconnect()
    setPosition(away.doc, issue, known, 'Written on the train')
    setPosition(away.doc, issue, party, 'A word there')
    setCell(away.doc, issue, party, { salience: 'high' })
    const id = await made()
    const moved = await asking(people.owner, 'POST', `/compartments/${id}/move`, {
      kind: 'party',
      id: party,
    })
    expect(moved.status).toBe(204)
    const refused = vi.fn<(event: unknown) => void>()
    away.provider.on('connection-close', refused)
    away.provider.connect()
    const { doc } = await openTab(people.viewer, tracker)
    await until(doc, () => doc.getText(positionName(issue, known)).toString().includes('train'))
    expect(refused).not.toHaveBeenCalled()
    expect(doc.getText(positionName(issue, party)).toString()).toBe('')
    const entries = await asText(people.viewer, 'GET', '')
    expect(entries).toContain('Written on the train')
    expect(entries).not.toContain('A word there')
    expect(partyRecords.has(away.doc, party)).toBe(false)
    setPosition(away.doc, issue, known, 'And at the desk')
    await until(doc, () => doc.getText(positionName(issue, known)).toString().includes('desk'))
  })

  test('leaves word of it only where everybody may know that something is withheld', async () => {
    const reasons = async () =>
      (await asking<{ reason: string }[]>(people.viewer, 'GET', '/redactions')).body.map(
        ({ reason }) => reason,
      )
    const before = (await reasons()).length
    for (const outsidersSee of ['nothing', 'withheld'] as const) {
      const { subjects } = await planted()
      const id = await made(outsidersSee)
      const body = { kind: 'claim', id: subjects.claim }
      await asking(people.owner, 'POST', `/compartments/${id}/move`, body)
      expect((await reasons()).length - before).toBe(outsidersSee === 'nothing' ? 0 : 1)
    }
    const { doc } = await openTab(people.viewer, tracker)
    expect(redactionRecords.all(doc).map(({ reason }) => reason)).toEqual(await reasons())
  })
})
