/** P36: what is done with accounts and rights, and what leaves the server, is noted; nobody changes that. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { AuditEntry, AuditPage } from '#shared/audit-api.ts'
import type { ApiError, InvitationLink, SnapshotEntry, TrackerEntry } from '#shared/api.ts'
import { hashOfRow, NO_ROW, type AuditRow } from '#server/audit/audit-log.ts'
import { readCsv } from '#server/exchange/csv.ts'
import type { TrackerId } from '#shared/ids.ts'
import {
  cookieOf,
  PASSWORD,
  personNamed,
  startServer,
  type Ask,
  type Person,
  type TestServer,
} from '#test/server/harness.ts'

// Whole trackers go out and come in, and every deed waits for the disk.
vi.setConfig({ testTimeout: 30_000 })

/** In every title, cell, file, label and reason, as a password and as an invitation: it must not be in the log. */
const MARK = 'wombat-9f3'

let server: TestServer
let owner: Person
let tracker: TrackerId

beforeAll(async () => {
  server = await startServer()
  ;({ owner, trackerId: tracker } = await server.createFirstAccount())
})
afterAll(() => server.close())

const as = <Body = unknown>(person: Person, method: string, path: string, ask: Ask = {}) =>
  server.ask<Body>(method, path, { cookie: person.cookie, ...ask })
const log = async (query = ''): Promise<AuditPage> => {
  const { body, status } = await as<AuditPage>(owner, 'GET', `/api/audit?limit=200&${query}`)
  expect(status).toBe(200)
  return body
}
/** What `deed` leaves in the log, oldest first. */
const notedBy = async (deed: () => Promise<unknown>): Promise<readonly AuditEntry[]> => {
  const { head } = await log()
  await deed()
  return (await log()).entries.filter(({ seq }) => seq > head.seq).toReversed()
}
const kinds = (entries: readonly AuditEntry[]) => entries.map(({ what }) => what)
const at = (rest: string) => `/api/trackers/${tracker}${rest}`

const invitation = async (): Promise<InvitationLink> =>
  (await as<InvitationLink>(owner, 'POST', at('/invitations'), { body: { role: 'viewer' } })).body

describe('what is noted', () => {
  test('the first account and the demo', async () => {
    const { entries } = await log()
    const by = { id: owner.id, name: 'Ada' }
    expect(entries.toReversed().slice(0, 2)).toMatchObject([
      { seq: 1, what: 'account made', by, subject: owner.id, from: '127.0.0.1' },
      { seq: 2, what: 'tracker made', by, trackerId: tracker },
    ])
  })

  test('coming in and going out, and who did not get in', async () => {
    const { email } = owner
    const signIn = (password: string) =>
      server.ask('POST', '/api/auth/sign-in/email', { body: { email, password } })
    const entries = await notedBy(async () => {
      await signIn(`${MARK} wrong`)
      const cookie = cookieOf(await signIn(PASSWORD))
      await server.ask('POST', '/api/auth/sign-out', { cookie })
    })
    expect(entries).toMatchObject([
      { what: 'sign-in failed', by: null, detail: `as ${email}` },
      { what: 'signed in', by: { id: owner.id } },
      { what: 'signed out', by: { id: owner.id } },
    ])
  })

  test('invitations, and those that hold no more', async () => {
    let bo = ''
    const entries = await notedBy(async () => {
      const { id, token } = await invitation()
      const body = { account: { ...personNamed('Bo'), password: `${MARK} password` } }
      const joined = await server.ask('POST', `/api/invitations/${token}/accept`, { body })
      bo = cookieOf(joined)
      await server.ask('GET', `/api/invitations/${token}`)
      await server.ask('GET', `/api/invitations/${MARK}`)
      const other = await invitation()
      expect(other.id).not.toBe(id)
      await as(owner, 'DELETE', at(`/invitations/${other.id}`))
    })
    expect(bo).not.toBe('')
    expect(entries).toMatchObject([
      {
        what: 'invitation made',
        by: { id: owner.id },
        detail: expect.stringMatching(/^for one viewer/),
      },
      { what: 'account made', by: { name: 'Bo' } },
      { what: 'invitation used', by: { name: 'Bo' }, trackerId: tracker, detail: 'now viewer' },
      { what: 'invitation refused', by: null, detail: 'used' },
      { what: 'invitation refused', by: null, detail: 'unknown' },
      { what: 'invitation made' },
      { what: 'invitation revoked', subject: entries[5]?.subject },
    ])
    expect(entries[2]?.subject).toBe(entries[0]?.subject)
  })

  test('tokens, share links and links to set a password that are shown in vain', async () => {
    const shared = await as<{ id: string; token: string }>(owner, 'POST', at('/share-links'), {
      body: { name: MARK, password: `${MARK} of the link` },
    })
    expect(shared.status).toBe(201)
    const entries = await notedBy(async () => {
      const headers = { authorization: `Bearer ${MARK}` }
      await server.ask('GET', '/api/trackers', { headers })
      const path = `/s/${shared.body.token}`
      const form = { 'content-type': 'application/x-www-form-urlencoded' }
      await server.ask('POST', path, { body: `password=${MARK}+of+mine`, headers: form })
      await server.ask('GET', `/api/reset-links/${MARK}`)
    })
    expect(entries).toMatchObject([
      { what: 'token refused', by: null },
      { what: 'share refused', by: null, trackerId: tracker, subject: shared.body.id },
      { what: 'reset link refused', by: null },
    ])
  })

  test('roles, and who leaves or is removed', async () => {
    const [cy, di] = [
      await server.invite(owner, tracker, 'viewer', 'Cy'),
      await server.invite(owner, tracker, 'viewer', 'Di'),
    ]
    const entries = await notedBy(async () => {
      await as(owner, 'PATCH', at(`/members/${cy.id}`), { body: { role: 'editor' } })
      await as(cy, 'PATCH', at(`/members/${di.id}`), { body: { role: 'editor' } })
      await as(owner, 'DELETE', at(`/members/${cy.id}`))
      await as(di, 'DELETE', at(`/members/${di.id}`))
    })
    expect(entries).toMatchObject([
      { what: 'role changed', subject: cy.id, detail: 'Cy: viewer to editor' },
      { what: 'member removed', by: { id: owner.id }, subject: cy.id, detail: 'Cy' },
      { what: 'member removed', by: { id: di.id }, subject: di.id, detail: 'Di, who left' },
    ])
  })

  test('trackers that come, are archived and come back; what goes out and what comes in', async () => {
    const entries = await notedBy(async () => {
      const body = { title: `Talks on ${MARK}`, template: 'peace' }
      await as(owner, 'POST', '/api/trackers', { body })
      await as(owner, 'PATCH', at(''), { body: { title: `Other talks on ${MARK}` } })
      await as(owner, 'PATCH', at(''), { body: { archived: true } })
      await as(owner, 'PATCH', at(''), { body: { archived: false } })
      const file = await as<object>(owner, 'GET', at('/export.json'))
      await as(owner, 'GET', at('/export.csv'))
      await as(owner, 'GET', at('/brief?format=markdown'))
      await as(owner, 'GET', at('/brief'))
      expect((await as(owner, 'POST', '/api/trackers/import', { body: file.body })).status).toBe(
        201,
      )
      const headers = { 'content-type': 'text/csv' }
      const sheet = `Basket,Issue\r\n${MARK},${MARK} again\r\n`
      await as(owner, 'POST', at('/import'), { body: sheet, headers })
    })
    expect(entries).toMatchObject([
      { what: 'tracker made', detail: 'from the template peace' },
      { what: 'tracker changed', trackerId: tracker, detail: 'archived' },
      { what: 'tracker changed', detail: 'brought back from the archive' },
      { what: 'exported', detail: 'the tracker with its snapshots, as JSON' },
      { what: 'exported', detail: 'the matrix, as CSV' },
      { what: 'exported', detail: 'a brief, as Markdown' },
      { what: 'imported', detail: 'a tracker from a file' },
      { what: 'imported', trackerId: tracker, detail: 'a sheet: 0 cells' },
    ])
  })

  test('restores, redactions, and snapshots that go out', async () => {
    const saved = await as<SnapshotEntry>(owner, 'POST', at('/snapshots'), {
      body: { label: `With ${MARK}`, note: MARK },
    })
    const { id } = saved.body
    const entries = await notedBy(async () => {
      await as(owner, 'GET', at(`/snapshots/${id}/export.json`))
      await as(owner, 'GET', at(`/snapshots/${id}/export.csv`))
      await as(owner, 'POST', at('/snapshots'), { body: { kind: 'before_restore' } })
      await as(owner, 'POST', at('/redactions/search'), { body: { text: `${MARK} again` } })
      const body = { text: `${MARK} again`, reason: `Because of ${MARK}` }
      expect((await as(owner, 'POST', at('/redactions'), { body })).status).toBe(201)
    })
    expect(entries).toMatchObject([
      { what: 'exported', subject: id, detail: 'a snapshot, as JSON' },
      { what: 'exported', subject: id, detail: 'a snapshot, as CSV' },
      { what: 'restored', trackerId: tracker },
      { what: 'redacted', trackerId: tracker, detail: expect.stringMatching(/^in \d+ places$/) },
    ])
  })
})

describe('what is written', () => {
  test('holds neither secrets nor what documents say', async () => {
    const { body } = await as<object>(owner, 'GET', '/api/audit/export.json')
    const text = JSON.stringify(body)
    expect(text).toContain('redacted')
    for (const secret of [MARK, PASSWORD, owner.cookie.split('=')[1] ?? '']) {
      expect(secret).not.toBe('')
      expect(text).not.toContain(secret)
    }
  })

  test('is changed by no route', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
      for (const path of ['/api/audit', '/api/audit/1', at('/audit'), at('/audit/1')])
        expect((await as(owner, method, path, { body: {} })).status).toBe(404)
    expect((await log('what=account made')).entries.at(-1)?.seq).toBe(1)
  })
})

describe('reading', () => {
  const pageThrough = async (query: string): Promise<AuditEntry[]> => {
    const all: AuditEntry[] = []
    for (let before: number | null = Number.MAX_SAFE_INTEGER; before !== null;) {
      const path: string = `/api/audit?limit=3&before=${before}&${query}`
      const { body }: { body: AuditPage } = await as(owner, 'GET', path)
      all.push(...body.entries)
      expect(body.entries.length).toBeLessThanOrEqual(3)
      before = body.next
    }
    return all
  }

  test('page by page gives every row once, newest first, with a filter too', async () => {
    const all = await pageThrough('')
    expect(all.map(({ seq }) => seq)).toEqual(all.map((_, index) => all.length - index))
    const exports = await pageThrough('what=exported')
    expect(exports).toEqual(all.filter(({ what }) => what === 'exported'))
    expect(exports.length).toBeGreaterThan(3)
  })

  test('narrows down by person, tracker, address, time and words', async () => {
    const { entries } = await log()
    const bo = entries.find(({ by }) => by?.name === 'Bo')?.by?.id
    expect(kinds((await log(`person=${bo}`)).entries)).toEqual(['invitation used', 'account made'])
    const cy = entries.find(({ detail }) => detail === 'Cy')?.subject ?? ''
    expect(kinds((await log(`person=${cy}&what=member removed`)).entries)).toHaveLength(1)
    for (const { trackerId } of (await log(`tracker=${tracker}`)).entries)
      expect(trackerId).toBe(tracker)
    expect((await log('from=127.0.0.1')).entries).toHaveLength(entries.length)
    expect((await log('from=127.0.0')).entries).toEqual([])
    expect((await log('text=CY: VIEWER')).entries).toMatchObject([
      { detail: 'Cy: viewer to editor' },
    ])
    expect((await log('text=%25')).entries).toEqual([])
    expect((await log('text=_')).entries).toEqual([])
    const [newest] = entries
    const middle = entries[10]?.at ?? 0
    const [since, until] = [await log(`since=${middle}`), await log(`until=${middle}`)]
    expect(since.entries.length + until.entries.length).toBe(entries.length)
    expect(since.entries[0]).toEqual(newest)
    expect(until.entries.every(({ at }) => at < middle)).toBe(true)
  })

  test('a question that makes no sense is refused in words', async () => {
    for (const query of [
      'what=nothing',
      'limit=0',
      'limit=201',
      'before=x',
      'person=a b',
      'since=-1',
    ]) {
      const { body, status } = await as<ApiError>(owner, 'GET', `/api/audit?${query}`)
      expect(status, query).toBe(400)
      expect(body.error.message).toContain(query.split('=')[0])
    }
  })

  test('the file has every row with its hash, oldest first, and is itself noted', async () => {
    const { body, headers } = await as<{ head: { hash: string }; rows: AuditRow[] }>(
      owner,
      'GET',
      '/api/audit/export.json',
    )
    expect(headers.get('content-disposition')).toBe('attachment; filename="audit.json"')
    let previous = NO_ROW
    for (const [index, { hash, ...row }] of body.rows.entries()) {
      expect(row).toMatchObject({ seq: index + 1, previous })
      expect(hashOfRow(row)).toBe(hash)
      previous = hash
    }
    expect(previous).toBe(body.head.hash)
    expect(body.rows.at(-1)).toMatchObject({ what: 'exported', detail: 'the audit log, as JSON' })
    expect((await log()).head).toEqual(body.head)
    const empty = await as<{ rows: unknown[] }>(owner, 'GET', '/api/audit/export.json?text=nowhere')
    expect(empty.body.rows).toEqual([])
  })

  test('the sheet runs nothing in a spreadsheet', async () => {
    const name = '=HYPERLINK("https://example.org")'
    const { token } = await invitation()
    await server.ask('POST', `/api/invitations/${token}/accept`, {
      body: { account: { ...personNamed('Gil'), name } },
    })
    const { body } = await as<string>(owner, 'GET', '/api/audit/export.csv?text=hyperlink')
    expect(body).toContain(`"'=HYPERLINK`)
    const table = readCsv(new TextEncoder().encode(body))
    expect(table[0]).toContain('previous')
    expect(table.slice(1).map(row => row[4])).toEqual([name, name])
  })

  test('an owner sees what was done with the tracker, without addresses', async () => {
    const made = await as<TrackerEntry>(owner, 'POST', '/api/trackers', { body: { title: 'Own' } })
    const ed = await server.invite(owner, made.body.id as TrackerId, 'editor', 'Ed')
    const path = `/api/trackers/${made.body.id}/audit`
    const compartments = `/api/trackers/${made.body.id}/compartments`
    expect((await as(owner, 'POST', compartments, { body: { name: MARK } })).status).toBeLessThan(
      300,
    )
    expect(kinds((await log(`tracker=${made.body.id}`)).entries)).toContain('compartment changed')
    const { body } = await as<AuditPage>(owner, 'GET', path)
    expect(kinds(body.entries)).toEqual(['invitation used', 'invitation made', 'tracker made'])
    for (const entry of body.entries) expect(entry).not.toHaveProperty('from')
    expect(body).not.toHaveProperty('head')
    expect((await as(ed, 'GET', path)).status).toBe(403)
  })

  test('tell of an administrator who gets into it by a group, or closes its owner’s account', async () => {
    const oz = await server.invite(owner, tracker, 'editor', 'Oz')
    const made = await as<TrackerEntry>(oz, 'POST', '/api/trackers', { body: { title: 'Talks' } })
    const path = `/api/trackers/${made.body.id}`
    const group = await as<{ id: string }>(owner, 'POST', '/api/groups', { body: { name: 'Desk' } })
    await as(oz, 'PUT', `${path}/groups/${group.body.id}`, { body: { role: 'viewer' } })
    const person = `/api/groups/${group.body.id}/people/${owner.id}`
    await as(owner, 'PUT', person)
    await as(owner, 'DELETE', person)
    await as(owner, 'DELETE', `/api/groups/${group.body.id}`)
    const { entries } = (await as<AuditPage>(oz, 'GET', `${path}/audit`)).body
    const by = { id: owner.id, name: 'Ada' }
    expect(entries.slice(0, 3)).toMatchObject([
      { by, what: 'role changed', detail: 'the group Desk was removed' },
      { by, what: 'role changed', detail: 'Ada: out of it now, taken out of the group Desk' },
      { by, what: 'role changed', detail: 'Ada: viewer now, put into the group Desk' },
    ])
    const close = (successor: string) =>
      as<ApiError>(owner, 'POST', `/api/people/${oz.id}/close`, { body: { successor } })
    expect((await close(owner.id)).body.error.code).toBe('no_successor')
    const heir = await server.invite(owner, tracker, 'editor', 'Hal')
    expect((await close(heir.id)).status).toBe(200)
    const { entries: then } = (await as<AuditPage>(heir, 'GET', `${path}/audit`)).body
    expect(then[0]).toMatchObject({ by, what: 'role changed', subject: heir.id })
  })

  test('the page itself is for administrators', async () => {
    const fay = await server.invite(owner, tracker, 'editor', 'Fay')
    for (const path of ['/api/audit', '/api/audit/export.json', '/api/audit/export.csv'])
      expect((await as(fay, 'GET', path)).status).toBe(403)
  })
})

test('a flood of made-up links is a few rows and a number', async () => {
  const tries = 30
  const known = (await log('what=invitation refused')).entries.length
  await Promise.all(
    Array.from({ length: tries }, (_, n) => server.ask('GET', `/api/invitations/made-up-${n}`)),
  )
  const written = (await log('what=invitation refused')).entries.length - known
  expect(written).toBeGreaterThan(0)
  expect(written).toBeLessThanOrEqual(21)
  // Stopping ends the minute.
  await server.restart()
  const [counted] = (await log('text=more within a minute')).entries
  expect(counted?.what).toBe('invitation refused')
})
