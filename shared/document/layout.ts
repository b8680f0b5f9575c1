/** Where everything lies in a tracker's Y.Doc. README.md describes the same layout for script authors. */
import type * as Y from 'yjs'
import type { CellField } from '#shared/cells.ts'
import { isId, type ClaimId, type IssueId, type PartyId } from '#shared/ids.ts'
import { CELL_FIELDS } from '#shared/cells.ts'
import { movementKey, type MovementKey } from '#shared/movements.ts'

/** The newest layout this version reads and writes; a document with a newer one opens read-only. */
export const LAYOUT = 1

/** Root maps whose values are records: Y.Maps under random ids, created once by one tab. */
export const RECORD_ROOTS = [
  'parties',
  'baskets',
  'issues',
  'points',
  'sources',
  'claims',
  'redLines',
  'restores',
  'reasons',
  'meetings',
  'redactions',
  'links',
  'questions',
  'excerpts',
  'tensions',
  'citations',
  'attachments',
  'judgements',
  'claimEvents',
  'assessments',
  'conflicts',
  'people',
  'blocs',
  'memberships',
  'factions',
  'events',
  'effects',
  'attendances',
  'agendaItems',
  'notes',
  'gaps',
  'scenarios',
  'indicators',
] as const
export type RecordRoot = (typeof RECORD_ROOTS)[number]

/** Records that say in `by` which account wrote them: nobody else may write in them. */
export const SIGNED = [
  'judgements',
  'claimEvents',
  'assessments',
  'notes',
] as const satisfies readonly RecordRoot[]
export const SIGNED_ROOTS: ReadonlySet<string> = new Set(SIGNED)

export const trackerMap = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('tracker')
/** Flat keys, never nested types: two tabs that create the same nested type would lose one side. */
export const cellsMap = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('cells')
/** Flat keys too: what people have said of movements. */
export const movementsMap = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('movements')
export const recordsMap = (doc: Y.Doc, root: RecordRoot): Y.Map<unknown> => doc.getMap(root)

export const cellFieldKey = (issueId: IssueId, partyId: PartyId, field: CellField): string =>
  `${issueId}/${partyId}/${field}`
export const cellClaimKey = (issueId: IssueId, partyId: PartyId, claimId: ClaimId): string =>
  `${issueId}/${partyId}/claim/${claimId}`

export type CellEntry = { readonly issueId: IssueId; readonly partyId: PartyId } & (
  | { readonly field: CellField }
  | { readonly claimId: ClaimId }
)

/** What a key of the root map `cells` speaks of; undefined for a key that this version does not know. */
export const parseCellKey = (key: string): CellEntry | undefined => {
  const [issueId, partyId, field, claimId, ...rest] = key.split('/')
  if (!isId(issueId) || !isId(partyId) || rest.length > 0) return undefined
  const cell = { issueId: issueId as IssueId, partyId: partyId as PartyId }
  if (field === 'claim') return isId(claimId) ? { ...cell, claimId: claimId as ClaimId } : undefined
  if (claimId !== undefined || !CELL_FIELDS.includes(field as CellField)) return undefined
  return { ...cell, field: field as CellField }
}

export const MARK_FIELDS = ['kind', 'reason'] as const
export type MarkField = (typeof MARK_FIELDS)[number]

export const movementFieldKey = (key: MovementKey, field: MarkField): string => `${key}/${field}`

/** What a key of the root map `movements` speaks of; undefined for a key that this version does not know. */
export const parseMovementKey = (
  key: string,
): { readonly movement: MovementKey; readonly field: MarkField } | undefined => {
  const [issueId, partyId, seq = '', field, ...rest] = key.split('/')
  if (!isId(issueId) || !isId(partyId) || rest.length > 0) return undefined
  if (!/^[1-9]\d{0,15}$/.test(seq) || !MARK_FIELDS.includes(field as MarkField)) return undefined
  return {
    movement: movementKey(issueId as IssueId, partyId as PartyId, Number(seq)),
    field: field as MarkField,
  }
}

/** The root text of a cell's position. A removed row's texts are emptied: a root type cannot be deleted. */
export const positionName = (issueId: IssueId, partyId: PartyId): string =>
  `text/${issueId}/${partyId}/position`
/** The root text of an issue's description. */
export const descriptionName = (issueId: IssueId): string => `text/${issueId}/description`

/** An issue's description, or where there is a party, its position on the issue. */
export interface TextOwner {
  readonly issueId: IssueId
  readonly partyId: PartyId | null
}

/** Whose root text this is; undefined where the name is not that of a text. */
export const parseTextName = (name: string): TextOwner | undefined => {
  const [text, issueId, second, third, ...rest] = name.split('/')
  if (text !== 'text' || !isId(issueId) || rest.length > 0) return undefined
  if (second === 'description' && third === undefined)
    return { issueId: issueId as IssueId, partyId: null }
  if (isId(second) && third === 'position')
    return { issueId: issueId as IssueId, partyId: second as PartyId }
  return undefined
}

export const positionText = (doc: Y.Doc, issueId: IssueId, partyId: PartyId): Y.Text =>
  doc.getText(positionName(issueId, partyId))
export const descriptionText = (doc: Y.Doc, issueId: IssueId): Y.Text =>
  doc.getText(descriptionName(issueId))

/** A root text's characters, without creating the root type by looking. */
export const readText = (doc: Y.Doc, name: string): string =>
  doc.share.has(name) ? doc.getText(name).toString() : ''

/** The layout that a document was written with; a new document has the current one. */
export const layoutOf = (doc: Y.Doc): number => parseLayout(trackerMap(doc).get('layout'))

export const parseLayout = (stored: unknown): number =>
  typeof stored === 'number' && Number.isSafeInteger(stored) && stored > 0 ? stored : LAYOUT
