/** What becomes of claims and how they are graded: each an act of its own, which says who did it, when and why. */
import type * as Y from 'yjs'
import type { Claim, ClaimEvent, Credibility } from '#shared/claims.ts'
import { citationRecords, claimEventRecords, claimRecords } from '#shared/document/claims.ts'
import { excerptRecords, judgementRecords, sourceRecords } from '#shared/document/sources.ts'
import type { CitationId, ClaimId, ExcerptId, SourceId } from '#shared/ids.ts'
import type { Excerpt, Judgement, Reliability } from '#shared/sources.ts'

/** A claim's status changes, with the event that says so. A claim that is gone stays gone. */
export const setStatus = (doc: Y.Doc, { id, ...event }: ClaimEvent): void =>
  doc.transact(() => {
    if (!claimRecords.has(doc, event.claimId)) return
    claimRecords.set(doc, event.claimId, { status: event.status })
    claimEventRecords.put(doc, id, event)
  })

/** A claim is denied, which is itself a claim: `event` is that of the denied one. */
export const deny = (
  doc: Y.Doc,
  { id, ...denial }: Partial<Claim> & Pick<Claim, 'id' | 'statement'>,
  event: Omit<ClaimEvent, 'status' | 'otherClaimId'>,
): void =>
  doc.transact(() => {
    if (!claimRecords.has(doc, event.claimId)) return
    claimRecords.put(doc, id, { ...denial, deniesClaimId: event.claimId })
    setStatus(doc, { ...event, status: 'denied', otherClaimId: id })
  })

/** What one analyst thinks, beside what others think. */
export const judge = (doc: Y.Doc, { id, ...judgement }: Omit<Judgement, 'isTeam'>): void =>
  judgementRecords.put(doc, id, { ...judgement, isTeam: false })

/** What the team settles on becomes the value that everything else goes by. */
export const settleGrade = (doc: Y.Doc, { id, ...judgement }: Omit<Judgement, 'isTeam'>): void =>
  doc.transact(() => {
    const { about, grade, reason, subjectId } = judgement
    if (about === 'source')
      sourceRecords.set(doc, subjectId as SourceId, {
        reliability: grade as Reliability,
        reliabilityReason: reason,
      })
    else claimRecords.set(doc, subjectId as ClaimId, { credibility: Number(grade) as Credibility })
    judgementRecords.put(doc, id, { ...judgement, isTeam: true })
  })

/** A claim rests on words of a source. */
export const cite = (doc: Y.Doc, id: CitationId, claimId: ClaimId, excerptId: ExcerptId): void => {
  const isCited = citationRecords
    .all(doc)
    .some(citation => citation.claimId === claimId && citation.excerptId === excerptId)
  if (!isCited) citationRecords.put(doc, id, { claimId, excerptId })
}

/** A claim that is made of words of a source, and takes that source for its own. */
export const claimFrom = (
  doc: Y.Doc,
  { id, ...claim }: Partial<Claim> & Pick<Claim, 'id' | 'statement'>,
  excerpt: Pick<Excerpt, 'id' | 'sourceId'>,
  citationId: CitationId,
): void =>
  doc.transact(() => {
    claimRecords.put(doc, id, { ...claim, sourceId: excerpt.sourceId })
    cite(doc, citationId, id, excerpt.id)
  })

/** Removes an excerpt and what points at it; claims keep their source. */
export const removeExcerpt = (doc: Y.Doc, id: ExcerptId): void =>
  doc.transact(() => {
    for (const citation of citationRecords.all(doc))
      if (citation.excerptId === id) citationRecords.remove(doc, citation.id)
    excerptRecords.remove(doc, id)
  })
