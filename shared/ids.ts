/** Names of things: short random strings that stay the same for as long as the thing is remembered. */

declare const brand: unique symbol
type Branded<T, Name extends string> = T & { readonly [brand]: Name }

export type TrackerId = Branded<string, 'tracker'>
export type AccountId = Branded<string, 'account'>
export type GroupId = Branded<string, 'group'>
export type SnapshotId = Branded<string, 'snapshot'>
export type PartyId = Branded<string, 'party'>
export type BasketId = Branded<string, 'basket'>
export type IssueId = Branded<string, 'issue'>
export type PointId = Branded<string, 'point'>
export type SourceId = Branded<string, 'source'>
export type ClaimId = Branded<string, 'claim'>
export type RedLineId = Branded<string, 'redLine'>
export type RestoreId = Branded<string, 'restore'>
export type ReasonId = Branded<string, 'reason'>
export type MeetingId = Branded<string, 'meeting'>
export type QuestionId = Branded<string, 'question'>
export type RedactionId = Branded<string, 'redaction'>
export type ExcerptId = Branded<string, 'excerpt'>
export type TensionId = Branded<string, 'tension'>
export type CitationId = Branded<string, 'citation'>
export type AttachmentId = Branded<string, 'attachment'>
export type JudgementId = Branded<string, 'judgement'>
export type ClaimEventId = Branded<string, 'claimEvent'>
export type AssessmentId = Branded<string, 'assessment'>
export type ConflictId = Branded<string, 'conflict'>
export type PersonId = Branded<string, 'person'>
export type BlocId = Branded<string, 'bloc'>
export type MembershipId = Branded<string, 'membership'>
export type FactionId = Branded<string, 'faction'>
export type EventId = Branded<string, 'event'>
export type EffectId = Branded<string, 'effect'>
export type AttendanceId = Branded<string, 'attendance'>
export type AgendaItemId = Branded<string, 'agendaItem'>
export type NoteId = Branded<string, 'note'>
export type GapId = Branded<string, 'gap'>
export type ScenarioId = Branded<string, 'scenario'>
export type IndicatorId = Branded<string, 'indicator'>
export type CompartmentId = Branded<string, 'compartment'>

/** The SHA-256 of a source's text in UTF-8, as 64 hexadecimal digits; it names the text. */
export type TextHash = Branded<string, 'text'>

/** Where a record stands among its siblings: a fractional index, compared with plain `<`. */
export type Rank = Branded<string, 'rank'>

/** What may name a document, a record or part of an address. */
export const ID_PATTERN = /^[\w-]{1,64}$/

export const isId = (value: unknown): value is string =>
  typeof value === 'string' && ID_PATTERN.test(value)

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_'

/** A fresh id of 96 random bits: 16 characters that need no escaping in a URL, a key or a file name. */
export const newId = <Id extends string>(): Id => {
  let id = ''
  for (const byte of crypto.getRandomValues(new Uint8Array(16))) id += ALPHABET[byte & 63]
  return id as Id
}
