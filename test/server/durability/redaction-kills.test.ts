/** P22 with the real process: a redaction that dies at any of its writes is whole after the next start. */
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { auditFile } from '#server/store/sqlite-audit.ts'
import type { ApiHistory, RedactionDone } from '#shared/api.ts'
import type { IssueId, PartyId } from '#shared/ids.ts'
import { holdsText } from '#test/contract/files.ts'
import { end, over, people, startProcess } from '#test/server/durability/process.ts'
import { Typist } from '#test/server/durability/typist.ts'

vi.setConfig({ testTimeout: 120_000 })

const DYING = { NODE_OPTIONS: `--import ${new URL('dying-process.ts', import.meta.url).href}` }
const SECRET = 'hunter2-Zarya'

test('P22 a redaction that is killed is finished by the next start, and nothing else is lost', async () => {
  const [prepared, folder] = await Promise.all(
    ['prepared', 'killed'].map(name => mkdtemp(join(tmpdir(), `parley-redaction-${name}-`))),
  )
  if (!prepared || !folder) throw new Error('No folders')
  onTestFinished(async () => {
    for (const used of [prepared, folder]) await rm(used, { recursive: true, force: true })
  })
  const first = await startProcess({ folder: prepared })
  onTestFinished(() => end(first.child, 'SIGKILL'))
  const { accounts, trackerId } = await people(first.url)
  const [ada] = accounts
  if (!ada) throw new Error('Nobody')
  const asAda = { 'content-type': 'application/json', cookie: ada.cookie }
  const ask = async (url: string, path: string, body?: unknown): Promise<Response> =>
    fetch(new URL(`/api/trackers/${trackerId}${path}`, url), {
      headers: asAda,
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    })
  const typist = new Typist(first.url, trackerId, ada)
  await typist.until('synced', () => typist.provider.synced)
  const some = <Id extends string>(root: string): Id => [...typist.doc.getMap(root).keys()][0] as Id
  const text = typist.text(some<IssueId>('issues'), some<PartyId>('parties'))
  text.delete(0, text.length)
  for (const letter of `Kept. ${SECRET} Kept too.`) text.insert(text.length, letter)
  await typist.until('saved', () => typist.isSaved)
  await ask(first.url, '/snapshots', { label: `About ${SECRET}`, note: SECRET })
  await (await ask(first.url, '/changes')).text()
  typist.leave()
  await end(first.child, 'SIGTERM')
  expect(await holdsText(prepared, SECRET)).toBe(true)

  let isDone = false
  for (let death = 2; !isDone; death += 9) {
    await rm(folder, { recursive: true })
    await cp(prepared, folder, { recursive: true })
    const dying = await startProcess({ folder, environment: DYING })
    await writeFile(join(folder, 'dies-at'), String(death))
    const asked = ask(dying.url, '/redactions', { text: SECRET, reason: 'By accident' }).then(
      ({ status }) => status,
      () => 'dead' as const,
    )
    isDone = (await asked) === 201
    expect(await asked).toBe(isDone ? 201 : 'dead')
    await (isDone ? end(dying.child, 'SIGTERM') : over(dying.child))
    await rm(join(folder, 'dies-at'))

    const next = await startProcess({ folder })
    const list = (await (await ask(next.url, '/redactions')).json()) as RedactionDone['redaction'][]
    // Its first write says that it has begun: before that nothing has.
    expect(list, `death ${death}`).toMatchObject([{ done: true, reason: 'By accident' }])
    const { snapshots } = (await (await ask(next.url, '/snapshots')).json()) as ApiHistory
    const blank = '█'.repeat(SECRET.length)
    expect(snapshots.map(({ label }) => label)).toContain(`About ${blank}`)
    const now = await (await ask(next.url, '')).text()
    expect(now).toContain(`Kept. ${blank} Kept too.`)
    expect(now.match(/By accident/g)).toHaveLength(1)
    await end(next.child, 'SIGTERM')
    expect(await holdsText(folder, SECRET), `death ${death}`).toBe(false)
    expect(auditFile(join(folder, 'parley.db')).faults).toEqual([])
  }
})
