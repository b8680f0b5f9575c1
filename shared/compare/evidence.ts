/** What changed in the evidence itself between two trackers: claims and their sources, whichever cells rest on them. */
import { ATTRIBUTION_LABELS, gradeOf, type Claim } from '#shared/claims.ts'
import { recordChanges, type RecordChange } from '#shared/compare/compare.ts'
import { line, type Detail } from '#shared/compare/detail.ts'
import { claimRecords } from '#shared/document/claims.ts'
import { sourceRecords } from '#shared/document/sources.ts'
import type { ClaimId, PersonId, SourceId } from '#shared/ids.ts'
import { SOURCE_KIND_LABELS, type Source } from '#shared/sources.ts'
import type { Tracker } from '#shared/tracker.ts'

export interface EvidenceChanges {
  readonly claims: readonly RecordChange<Claim>[]
  readonly sources: readonly RecordChange<Source>[]
}

export const compareEvidence = (then: Tracker, now: Tracker): EvidenceChanges => ({
  claims: recordChanges(then.claims, now.claims, namesOf(claimRecords.fields)),
  sources: recordChanges(then.sources, now.sources, namesOf(sourceRecords.fields)),
})

const namesOf = <T extends object>(fields: T): readonly (keyof T & string)[] =>
  Object.keys(fields) as (keyof T & string)[]

/** What became of a claim, the weightiest first: one that does not hold any more weighs more than a new one. */
export const CLAIM_NEWS = [
  'denied',
  'retracted',
  'withdrawn',
  'disputed',
  'superseded',
  'removed',
  'confirmed',
  'regraded',
  'corrected',
  'added',
  'worded',
] as const
export type ClaimNews = (typeof CLAIM_NEWS)[number]

export const newsOfClaim = ({ after, fields, status }: RecordChange<Claim>): ClaimNews => {
  if (status !== 'changed') return status
  if (fields.includes('status') && after && after.status !== 'reported') return after.status
  if (fields.includes('credibility')) return 'regraded'
  return fields.every(field => field === 'statement' || field === 'hedges') ? 'worded' : 'corrected'
}

export type SourceNews = 'regraded' | 'changed' | 'worded'

export const newsOfSource = ({ fields, status }: RecordChange<Source>): SourceNews => {
  if (fields.includes('reliability')) return 'regraded'
  return status !== 'changed' || fields.includes('viaSourceId') ? 'changed' : 'worded'
}

export const claimDetails = (
  { after: is, before: was, fields, status }: RecordChange<Claim>,
  before: Tracker,
  after: Tracker,
): readonly Detail[] => {
  if (status !== 'changed')
    return [line('Claim', was ? claimWords(was, before) : '', is ? claimWords(is, after) : '')]
  if (!was || !is) return []
  const lines: Readonly<Record<keyof Omit<Claim, 'id'>, () => Detail>> = {
    status: () => line('Status', was.status, is.status),
    credibility: () => line('Grade', gradeIn(was, before), gradeIn(is, after)),
    statement: () => line('Statement', was.statement, is.statement, 'prose'),
    sourceId: () => line('Source', titleIn(before, was.sourceId), titleIn(after, is.sourceId)),
    attribution: () =>
      line('Attribution', ATTRIBUTION_LABELS[was.attribution], ATTRIBUTION_LABELS[is.attribution]),
    hedges: () => line('Hedges', was.hedges, is.hedges),
    speaker: () => line('Said by', was.speaker, is.speaker),
    speakerId: () =>
      line('Said by', personIn(before, was.speakerId), personIn(after, is.speakerId)),
    capacity: () => line('Capacity', was.capacity, is.capacity),
    original: () => line('Original', was.original, is.original, 'prose'),
    language: () => line('Language', was.language, is.language),
    saidAt: () => line('Said', was.saidAt, is.saidAt),
    learnedAt: () => line('Learned', was.learnedAt, is.learnedAt),
    deniesClaimId: () =>
      line('Denies', claimIn(before, was.deniesClaimId), claimIn(after, is.deniesClaimId)),
    wouldSettle: () => line('Would settle it', was.wouldSettle, is.wouldSettle),
    chasedBy: () =>
      line('Chased', was.chasedBy ? 'by somebody' : '', is.chasedBy ? 'by somebody' : ''),
  }
  return Object.entries(lines).flatMap(([field, detail]) =>
    fields.includes(field as keyof Claim) ? [detail()] : [],
  )
}

export const sourceDetails = (
  { after: is, before: was, fields, status }: RecordChange<Source>,
  before: Tracker,
  after: Tracker,
): readonly Detail[] => {
  if (status !== 'changed')
    return [line('Source', was ? sourceWords(was) : '', is ? sourceWords(is) : '')]
  if (!was || !is) return []
  const lines: Readonly<Record<keyof Omit<Source, 'id'>, () => Detail>> = {
    reliability: () => line('Reliability', was.reliability, is.reliability),
    title: () => line('Title', was.title, is.title, 'prose'),
    reliabilityReason: () => line('Reason', was.reliabilityReason, is.reliabilityReason, 'prose'),
    author: () => line('From', was.author, is.author),
    personId: () => line('Person', personIn(before, was.personId), personIn(after, is.personId)),
    kind: () => line('Kind', SOURCE_KIND_LABELS[was.kind], SOURCE_KIND_LABELS[is.kind]),
    language: () => line('Language', was.language, is.language),
    publishedAt: () => line('Published', was.publishedAt, is.publishedAt),
    seenAt: () => line('Seen', was.seenAt, is.seenAt),
    address: () => line('Address', was.address, is.address),
    textHash: () =>
      line(
        'Text',
        was.textHash ? 'a text' : '',
        is.textHash ? (was.textHash ? 'another text' : 'a text') : '',
      ),
    viaSourceId: () =>
      line('Seen through', titleIn(before, was.viaSourceId), titleIn(after, is.viaSourceId)),
  }
  return Object.entries(lines).flatMap(([field, detail]) =>
    fields.includes(field as keyof Source) ? [detail()] : [],
  )
}

export const gradeIn = (claim: Claim, { sources }: Tracker): string =>
  gradeOf(
    claim,
    sources.find(({ id }) => id === claim.sourceId),
  )

/** "“No site is closed” (B2, denied)" */
const claimWords = (claim: Claim, tracker: Tracker): string => {
  const status = claim.status === 'reported' ? '' : `, ${claim.status}`
  return `“${claim.statement}” (${gradeIn(claim, tracker)}${status})`
}

const sourceWords = ({ reliability, title }: Source): string =>
  `${title || 'untitled'} (${reliability})`

const titleIn = ({ sources }: Tracker, id: SourceId | null): string =>
  id === null ? '' : sources.find(source => source.id === id)?.title || 'untitled'

const personIn = ({ people }: Tracker, id: PersonId | null): string => {
  const person = people.find(person => person.id === id)
  return person?.name || person?.office || ''
}

const claimIn = ({ claims }: Tracker, id: ClaimId | null): string =>
  claims.find(claim => claim.id === id)?.statement ?? ''
