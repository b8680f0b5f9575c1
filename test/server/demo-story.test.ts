/** The demo's story at each of its snapshots: on what it rests, who disagrees with whom, and what is open. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DEMO_CLAIMS, type DemoClaimName } from '#server/seeds/demo-claims.ts'
import { REPORT_CLAIMS } from '#server/seeds/demo-claims-report.ts'
import { REPORT_WORDS } from '#server/seeds/demo-excerpts.ts'
import { TextTable } from '#server/texts/text-table.ts'
import type { Claim } from '#shared/claims.ts'
import { PLAIN_ROOTS } from '#shared/document/registry.ts'
import { findExcerpt } from '#shared/evidence/anchor.ts'
import { gradesOf } from '#shared/evidence/grades.ts'
import { evidenceIn } from '#shared/evidence/origins.ts'
import { groundsOf, isPending, supportOf } from '#shared/evidence/support.ts'
import { hasBegun } from '#shared/meetings.ts'
import type { Tracker } from '#shared/tracker.ts'
import { t0Of, whensOf } from '#shared/when.ts'
import { cellNamed, openDemo, type DemoWorld } from '#test/server/demo-world.ts'

const VENUE = 'Turkey as venue'
const TALK = 'Readiness to talk'

let world: DemoWorld
let times: readonly Tracker[]
let now: Tracker
beforeAll(async () => {
  world = await openDemo()
  times = await Promise.all([0, 1, 2, 3, 4].map(index => world.at(index)))
  now = await world.live()
})
afterAll(() => world.close())

const at = (index: number): Tracker => times[index] as Tracker

/** The claim that the demo knows under this name. */
const claimIn = ({ claims }: Tracker, name: DemoClaimName): Claim => {
  const found = claims.find(({ statement }) => statement === DEMO_CLAIMS[name].statement)
  if (!found) throw new Error(`No claim ${name}`)
  return found
}

const supportIn = (tracker: Tracker, title: string, name: string) => {
  const cell = cellNamed(tracker, title, name)
  if (!cell) throw new Error(`Nothing in ${title} of ${name}`)
  return supportOf(cell, groundsOf(tracker))
}

test('has something of every kind of record, but of those that only later work makes', () => {
  const later = new Set<string>(['restores', 'reasons', 'redactions', 'questions'])
  const empty = PLAIN_ROOTS.filter(root => !later.has(root) && now[root].length === 0)
  expect(empty).toEqual([])
  expect(now.redLines.length).toBeGreaterThan(0)
})

describe('sources', () => {
  test('hold texts that the server keeps, and say at the top that the words are ours', async () => {
    const table = new TextTable(world.storage.db)
    const hashes = now.sources.flatMap(({ textHash }) => textHash ?? [])
    expect(new Set(hashes)).toEqual(new Set(await table.hashes(world.id)))
    for (const hash of hashes) {
      const row = await table.row(world.id, hash)
      expect(row?.text.split('\n')[0]).toMatch(/\b(ours|our own words)\b/)
    }
  })

  test('hold every excerpt at its very place, and every claim of the report cites one', async () => {
    const table = new TextTable(world.storage.db)
    for (const excerpt of now.excerpts) {
      const row = excerpt.textHash && (await table.row(world.id, excerpt.textHash))
      if (!row) throw new Error(`No text under “${excerpt.exact}”`)
      const { end, exact, start } = excerpt
      expect(row.text.slice(start, end)).toBe(exact)
      expect(row.text.split(exact)).toHaveLength(2)
      expect(findExcerpt(row.text, excerpt)).toEqual({ start, end })
    }
    for (const name of Object.keys(REPORT_CLAIMS) as (keyof typeof REPORT_CLAIMS)[]) {
      const { id } = claimIn(at(0), name)
      const cited = at(0).citations.filter(({ claimId }) => claimId === id)
      expect(cited.map(({ excerptId }) => exactOf(at(0), excerptId))).toEqual([REPORT_WORDS[name]])
    }
  })

  const exactOf = ({ excerpts }: Tracker, id: string): string | undefined =>
    excerpts.find(excerpt => excerpt.id === id)?.exact

  test('three outlets carry one origin; only both sides’ own words are independent', () => {
    const evidence = evidenceIn(at(0))
    const three = (['order', 'nuclearOnly', 'orderRepeated'] as const).map(name =>
      claimIn(at(0), name),
    )
    expect(new Set(three.map(({ sourceId }) => sourceId)).size).toBe(3)
    expect(evidence.originsOf(three)).toMatchObject({ origins: 1, isEstablished: true })
    for (const claim of now.claims) {
      expect(evidenceIn(now).refusalOf(claim, claim.credibility)).toBeNull()
      const isBest = claim.credibility === 1
      expect(isBest).toBe(/Muscat/.test(claim.statement))
    }
  })

  test('are graded F by the team also where two analysts disagree', () => {
    const disputed = (tracker: Tracker) =>
      tracker.sources.filter(({ id }) => gradesOf(tracker.judgements, 'source', id, '').isDisputed)
    expect(disputed(at(2))).toEqual([])
    expect(disputed(at(3)).map(({ title }) => title)).toEqual(['Semi-official Iranian outlets'])
    const [source] = disputed(now)
    const { analysts, team } = gradesOf(now.judgements, 'source', source?.id ?? '', 'F')
    expect(new Set(analysts.map(({ by }) => by)).size).toBe(2)
    expect([team?.grade, source?.reliability]).toEqual(['F', 'F'])
  })

  test('do not say the same in three places of the report', () => {
    expect(at(0).tensions).toHaveLength(3)
    for (const { excerptId, note, otherId } of at(0).tensions) {
      expect(excerptId).not.toBe(otherId)
      expect(exactOf(at(0), excerptId)).toBeDefined()
      expect(exactOf(at(0), otherId)).toBeDefined()
      expect(note).not.toBe('')
    }
  })
})

describe('claims', () => {
  test('have the status that their last event gives them, each signed, dated and explained', () => {
    for (const { id, status } of now.claims) {
      const events = now.claimEvents
        .filter(({ claimId }) => claimId === id)
        .toSorted((a, b) => a.at - b.at)
      expect(events.at(-1)?.status ?? 'reported').toBe(status)
      for (const { by, date, otherClaimId, reason } of events) {
        expect([by, date, reason]).not.toContain('')
        expect(now.claims.some(claim => claim.id === otherClaimId)).toBe(true)
      }
    }
  })

  test('the denied report is denied by a claim, by name', () => {
    const [report, denial] = [claimIn(now, 'uraniumAbroad'), claimIn(now, 'uraniumDenied')]
    expect(denial).toMatchObject({
      deniesClaimId: report.id,
      attribution: 'named_official',
      status: 'reported',
    })
    const events = now.claimEvents.filter(({ claimId }) => claimId === report.id)
    expect(events).toMatchObject([{ status: 'denied', otherClaimId: denial.id }])
  })

  test('the venue is contested by day on 4 February, and decided in the night, with the reason', () => {
    const contests = times.map(tracker => supportIn(tracker, VENUE, 'Iran').contests.length)
    expect(contests).toEqual([0, 0, 0, 1, 0])
    const [contest] = supportIn(at(3), VENUE, 'Iran').contests
    expect(contest?.isChosen).toBe(false)
    const chosen = at(4).conflicts.filter(({ chosenId }) => chosenId !== null)
    expect(chosen).toHaveLength(1)
    expect(chosen[0]).toMatchObject({ chosenId: claimIn(now, 'omanOutlets').id })
    expect(chosen[0]?.reason).toContain('Muscat')
  })

  test('are still contested, pending and chased where nobody knows', () => {
    expect(supportIn(now, VENUE, 'Qatar').contests).toMatchObject([{ isChosen: false }])
    const pending = now.claims.filter(isPending)
    expect(pending.length).toBeGreaterThan(10)
    expect(pending.some(({ chasedBy, wouldSettle }) => chasedBy && wouldSettle)).toBe(true)
  })
})

describe('what else is on record', () => {
  test('missiles: off the table is another thing than a limit, and ends as a note on scope', () => {
    expect(cellNamed(at(1), 'Missile limits', 'Iran')?.stance).toBeNull()
    expect(cellNamed(at(1), 'Missile limits', 'Iran')?.scope).toBe('off_table')
    expect(cellNamed(now, TALK, 'Iran')?.scopeNote).toContain('missiles')
  })

  test('red lines say to whom, how and since when, and rest on claims; one is crossed', () => {
    for (const line of now.redLines) {
      expect([line.addressee, line.since]).not.toContain('')
      expect(now.attachments.some(it => it.to === 'redLine' && it.subjectId === line.id)).toBe(true)
    }
    const iran = now.redLines.find(({ kind }) => kind === 'red_line')
    const scale = now.issues.find(({ id }) => id === iran?.issueId)?.scale.points ?? []
    const placeOf = (point: string | null | undefined): number =>
      scale.findIndex(({ id }) => id === point)
    const asked = cellNamed(now, 'Nuclear compliance framework', 'United States')?.stance
    expect(iran?.operator).toBe('at_most')
    expect(placeOf(asked)).toBeGreaterThan(placeOf(iran?.point))
  })

  test('what the report dates hangs on T0, which nobody knows', () => {
    const t0 = t0Of(now.events)
    expect(t0?.date).toBe('')
    const whens = whensOf(at(0).events)
    for (const { id, phrase } of at(0).events)
      if (id !== t0?.id) {
        expect(whens.get(id)).toMatchObject({ is: 'relative', from: t0?.id })
        expect(phrase).not.toBe('')
      }
    const dated = now.events.filter(({ date }) => date !== '')
    expect(dated.length).toBeGreaterThan(6)
  })

  test('the meeting that is expected moves from Turkey to Muscat, and is never said to go on', () => {
    const told = [...times, now].map(({ meetings }) => {
      const [meeting] = meetings
      return [meeting?.venue.split(/[;:]/)[0], meeting?.venueConfidence, meeting?.status]
    })
    expect(told).toEqual([
      ['Turkey', 'low', 'reported'],
      ['Istanbul', 'moderate', 'reported'],
      ['Istanbul', 'low', 'reported'],
      ['Contested', 'low', 'reported'],
      ['Muscat', 'high', 'agreed'],
      ['Muscat', 'high', 'agreed'],
    ])
    const comers = ({ attendances, parties }: Tracker) =>
      parties
        .filter(({ id }) => attendances.some(({ partyId }) => partyId === id))
        .map(({ name }) => name)
    expect(comers(at(1))).toEqual(['Iran', 'United States', 'Turkey', 'Egypt', 'Qatar'])
    expect(comers(now)).toEqual(['Iran', 'United States'])
    expect(now.meetings.some(hasBegun)).toBe(false)
  })

  test('twelve questions are open at first, one of them somebody’s; three are answered at the end', () => {
    const open = (tracker: Tracker) => tracker.gaps.filter(({ status }) => status === 'open')
    expect(open(at(0))).toHaveLength(12)
    expect(open(at(0)).filter(({ ownerId }) => ownerId)).toHaveLength(1)
    expect(open(now)).toHaveLength(9)
    for (const { answer, status } of now.gaps) expect(answer === '').toBe(status === 'open')
  })

  test('nobody judges how likely anything is on the strength of the report alone', () => {
    const likelihoods = times.map(({ scenarios }) => scenarios.map(({ likelihood }) => likelihood))
    expect(likelihoods).toEqual([
      [null, null, null],
      [65, 30, null],
      [50, 60, null],
      [35, 65, null],
      [75, 25, null],
    ])
    for (const { confidence, likelihood } of now.scenarios)
      expect(confidence === null).toBe(likelihood === null)
    const states = new Set(now.indicators.map(({ state }) => state))
    expect(states).toEqual(new Set(['not_seen', 'seen', 'passed']))
  })
})
