/** Cells that hang on what was settled: what is asked of the server about them, and when. */
import { render } from '@solidjs/testing-library'
import { beforeEach, expect, test, vi } from 'vitest'
import type * as Y from 'yjs'
import { createReconsidered, type Reconsidered } from '#client/evidence/reconsidered.ts'
import { createLocalNegotiation } from '#client/live/local.ts'
import { NegotiationContext } from '#client/live/negotiation.ts'
import type { LastChanges } from '#shared/api.ts'
import { setCell, setPosition } from '#shared/document/cells.ts'
import { assessmentRecords, claimEventRecords, claimRecords } from '#shared/document/claims.ts'
import { attachClaim } from '#shared/document/cells.ts'
import type { AssessmentId, ClaimEventId, ClaimId } from '#shared/ids.ts'
import { documentOf, issueId, partyId } from '#test/client/matrix-harness.tsx'

const CLAIM = 'c' as ClaimId
const ADA = { id: 'ada', name: 'Ada', colour: 0 }

let asked: string[]
let answer: () => Promise<Response>
beforeEach(() => {
  asked = []
  answer = async () => Response.json({ cells: [] } satisfies LastChanges)
  vi.stubGlobal('fetch', (path: string) => {
    asked.push(path)
    return answer()
  })
  return () => vi.unstubAllGlobals()
})

/** A denied claim, on which three cells hang. */
const denied = (): Y.Doc => {
  const doc = documentOf(3, 1)
  claimRecords.put(doc, CLAIM, { ...claimRecords.blank, status: 'denied' })
  for (const row of [0, 1, 2]) attachClaim(doc, issueId(row), partyId(0), CLAIM)
  claimEventRecords.put(doc, 'e' as ClaimEventId, {
    ...claimEventRecords.blank,
    claimId: CLAIM,
    status: 'denied',
    at: 100,
  })
  return doc
}
const show = (doc: Y.Doc) => {
  const negotiation = createLocalNegotiation(doc)
  let is: Reconsidered | undefined
  const Asking = () => {
    is = createReconsidered()
    return null
  }
  render(() => (
    <NegotiationContext.Provider value={negotiation}>
      <Asking />
    </NegotiationContext.Provider>
  ))
  const reconsidered = is ?? expect.fail()
  const waiting = () =>
    reconsidered.settled()?.flatMap(({ cells }) => cells.map(({ issueId }) => issueId))
  return { ...reconsidered, waiting }
}

test('all cells are asked after in one request, and none when one is answered or changed', async () => {
  const doc = denied()
  answer = async () =>
    Response.json({
      cells: [
        { issueId: 'i0', partyId: 'p0', lastAt: 50, writer: ADA },
        { issueId: 'i1', partyId: 'p0', lastAt: 90, writer: null },
      ],
    } satisfies LastChanges)
  const { waiting, writerOf } = show(doc)
  await expect.poll(waiting).toEqual(['i0', 'i1', 'i2'])
  expect(writerOf({ issueId: issueId(0), partyId: partyId(0) })).toEqual(ADA)
  expect(writerOf({ issueId: issueId(1), partyId: partyId(0) })).toBeUndefined()

  setPosition(doc, issueId(0), partyId(0), 'They take it back')
  expect(waiting()).toEqual(['i1', 'i2'])
  setCell(doc, issueId(1), partyId(0), { knowledge: 'not_applicable' })
  expect(waiting()).toEqual(['i2'])
  assessmentRecords.put(doc, 'a' as AssessmentId, {
    ...assessmentRecords.blank,
    claimEventId: 'e' as ClaimEventId,
    issueId: issueId(2),
    partyId: partyId(0),
  })
  expect(waiting()).toEqual([])
  expect(asked).toHaveLength(1)
})

test('where the record cannot be read the cells are asked about all the same', async () => {
  answer = () => Promise.reject(new Error('no network'))
  const { waiting } = show(denied())
  expect(waiting()).toBeUndefined()
  await expect.poll(waiting).toEqual(['i0', 'i1', 'i2'])
})
