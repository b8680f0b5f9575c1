/** What is in a compartment reaches its members, and nobody else by any way. */
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { CLOSES } from '#shared/access.ts'
import type { ApiError, ApiMember } from '#shared/api.ts'
import type { ApiCompartments } from '#shared/compartment-api.ts'
import { claimRecords } from '#shared/document/claims.ts'
import type { ClaimId, TrackerId } from '#shared/ids.ts'
import { startServer, type Person, type TestServer } from '#test/server/harness.ts'
import { stockClient, until } from '#test/server/stock-client.ts'

vi.setConfig({ testTimeout: 30_000 })

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
  const { body, status } = await asking(people.owner, 'POST', '/compartments', {
    name: `Channel ${crypto.randomUUID()}`,
    outsidersSee,
  })
  expect(status).toBe(201)
  return body.compartments.at(-1)?.id ?? ''
}
const letIn = (id: string, who: Person) =>
  asking(people.owner, 'PUT', `/compartments/${id}/members/${who.id}`)

const socket = ({ cookie }: Person, id: string): WebSocket => {
  const opened = new WebSocket(`${server.url.replace('http', 'ws')}/live/${tracker}.${id}`, {
    headers: { cookie },
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
  test('knows of it; another owner knows its name, and everybody else at most that there is one', async () => {
    const [hidden, withheld] = [await made(), await made('withheld')]
    const mine = (await list(people.owner)).compartments
    expect(mine.map(({ id, isMember, mayManage }) => [id, isMember, mayManage])).toEqual([
      [hidden, true, true],
      [withheld, true, true],
    ])
    const others = await list(people.other)
    expect(others.compartments.map(it => [it.id, it.isMember, it.mayManage, it.members])).toEqual([
      [hidden, false, false, []],
      [withheld, false, false, []],
    ])
    expect(await list(people.editor)).toEqual({ compartments: [], withheld: 1 })
    await letIn(withheld, people.editor)
    const editors = await list(people.editor)
    expect(editors.withheld).toBe(0)
    expect(editors.compartments.map(it => [it.id, it.mayManage])).toEqual([[withheld, false]])
    expect(editors.compartments[0]?.members.map(({ name, role }) => [name, role])).toEqual([
      ['Olga Owner', 'owner'],
      ['Edda Editor', 'editor'],
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

  test('keeps an owner in it, and passes to the others when none of them is left', async () => {
    const id = await made()
    await letIn(id, people.editor)
    const own = `/compartments/${id}/members/${people.owner.id}`
    expect((await asking(people.owner, 'DELETE', own)).body.error.code).toBe('last_owner')
    const role = (name: string) =>
      asking<ApiMember[]>(people.other, 'PATCH', `/members/${people.owner.id}`, { role: name })
    await role('editor')
    const orphan = (await list(people.other)).compartments.find(it => it.id === id)
    expect(orphan).toMatchObject({ isMember: false, mayManage: true })
    await role('owner')
    expect((await list(people.other)).compartments.find(it => it.id === id)?.mayManage).toBe(false)
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
    const before = performance.now()
    await asking(people.owner, 'DELETE', `/compartments/${id}/members/${people.editor.id}`)
    expect(await closed).toBe(CLOSES.notFound.code)
    expect(performance.now() - before).toBeLessThan(1_000)
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
