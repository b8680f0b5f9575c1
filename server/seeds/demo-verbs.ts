/** The demo's edits as functions of a document, over names instead of ids. */
import type * as Y from 'yjs'
import { DEMO_CLAIMS, type DemoClaimName } from '#server/seeds/demo-claims.ts'
import { DEMO_SOURCES } from '#server/seeds/demo-sources.ts'
import {
  DEMO_BASKETS,
  DEMO_ISSUES,
  DEMO_PARTIES,
  MISSILES,
  type DemoBasket,
  type DemoIssue,
  type DemoParty,
} from '#server/seeds/demo-outline.ts'
import { addOutlinedIssue } from '#server/seeds/template.ts'
import type { CellField, Cell } from '#shared/cells.ts'
import type { ClaimStatus, Claim } from '#shared/claims.ts'
import { attachClaim, noteReported, setCell, setPosition } from '#shared/document/cells.ts'
import { claimRecords } from '#shared/document/claims.ts'
import { sourceRecords } from '#shared/document/sources.ts'
import { addBasket, removeIssue } from '#shared/document/issues.ts'
import { descriptionName } from '#shared/document/layout.ts'
import { addParty, partyRecords } from '#shared/document/parties.ts'
import { redLineRecords } from '#shared/document/redlines.ts'
import { rewriteText } from '#shared/document/text.ts'
import {
  newId,
  type BasketId,
  type ClaimId,
  type IssueId,
  type PartyId,
  type PointId,
  type RedLineId,
  type SourceId,
} from '#shared/ids.ts'
import type { Party } from '#shared/parties.ts'
import type { RedLine } from '#shared/redlines.ts'
import type { Source } from '#shared/sources.ts'

/** The id that a name of the demo has in one seeded tracker. */
export type IdOf = <Id extends string>(kind: string, name: string) => Id

export const freshIds = (): IdOf => {
  const known = new Map<string, string>()
  return <Id extends string>(kind: string, name: string): Id => {
    const key = `${kind}/${name}`
    const id = known.get(key) ?? newId()
    known.set(key, id)
    return id as Id
  }
}

export type Edit = (doc: Y.Doc, idOf: IdOf) => void

const outlineOf = (issue: DemoIssue) => (issue === 'missiles' ? MISSILES : DEMO_ISSUES[issue])

const pointId = (idOf: IdOf, issue: DemoIssue, value: number): PointId =>
  idOf<PointId>('point', `${issue}/${value}`)

export const column =
  (party: DemoParty): Edit =>
  (doc, idOf) =>
    addParty(doc, idOf<PartyId>('party', party), DEMO_PARTIES[party])

export const recast =
  (party: DemoParty, values: Partial<Omit<Party, 'id' | 'rank'>>): Edit =>
  (doc, idOf) =>
    partyRecords.set(doc, idOf<PartyId>('party', party), values)

export const basket =
  (name: DemoBasket): Edit =>
  (doc, idOf) =>
    addBasket(doc, idOf<BasketId>('basket', name), DEMO_BASKETS[name])

export const row =
  (issue: DemoIssue): Edit =>
  (doc, idOf) => {
    const outline = outlineOf(issue)
    const ids = {
      issue: idOf<IssueId>('issue', issue),
      basket: idOf<BasketId>('basket', outline.basket),
      points: outline.scale.points.map((_, value) => pointId(idOf, issue, value)),
    }
    addOutlinedIssue(doc, ids, outline)
  }

export const withoutRow =
  (issue: DemoIssue): Edit =>
  (doc, idOf) =>
    removeIssue(doc, idOf<IssueId>('issue', issue))

export const describe =
  (issue: DemoIssue, description: string): Edit =>
  (doc, idOf) =>
    rewriteText(doc, descriptionName(idOf<IssueId>('issue', issue)), description)

/** The story of the venue, in one line of its row. */
export const lastWord = (word: string): Edit =>
  describe('venue', `How acceptable Turkey is as the place of the talks. Last word: ${word}.`)

/** What an edit writes into a cell; stances as values of the issue's scale. */
type CellEdit = Partial<Pick<Cell, Exclude<CellField, 'stance' | 'aspiration' | 'walkAway'>>> & {
  readonly stance?: number
  readonly position?: string
  readonly claims?: readonly DemoClaimName[]
}

export const cell =
  (
    issue: DemoIssue,
    party: DemoParty,
    { claims = [], position, stance, ...scalars }: CellEdit,
  ): Edit =>
  (doc, idOf) => {
    const at = [idOf<IssueId>('issue', issue), idOf<PartyId>('party', party)] as const
    setCell(doc, ...at, {
      ...scalars,
      ...(stance !== undefined && { stance: pointId(idOf, issue, stance) }),
    })
    if (position !== undefined) {
      setPosition(doc, ...at, position)
      if (scalars.knowledge === undefined) noteReported(doc, ...at)
    }
    for (const claim of claims) attachClaim(doc, ...at, idOf<ClaimId>('claim', claim))
  }

export const redLine =
  (
    issue: DemoIssue,
    party: DemoParty,
    {
      value,
      ...line
    }: Partial<Omit<RedLine, 'id' | 'issueId' | 'partyId' | 'point'>> & {
      readonly value: number
    },
  ): Edit =>
  (doc, idOf) =>
    redLineRecords.put(doc, idOf<RedLineId>('redLine', `${issue}/${party}`), {
      ...line,
      issueId: idOf<IssueId>('issue', issue),
      partyId: idOf<PartyId>('party', party),
      point: pointId(idOf, issue, value),
    })

/** Notes claims with their sources, and the sources through which those were seen. */
export const claims =
  (...names: readonly DemoClaimName[]): Edit =>
  (doc, idOf) => {
    for (const name of names) {
      const { source, ...claim }: (typeof DEMO_CLAIMS)[DemoClaimName] = DEMO_CLAIMS[name]
      const values: Partial<Omit<Claim, 'id'>> = {
        hedges: '',
        saidAt: '',
        status: 'reported',
        ...claim,
        sourceId: noteSource(doc, idOf, source),
      }
      claimRecords.put(doc, idOf<ClaimId>('claim', name), values)
    }
  }

const noteSource = (doc: Y.Doc, idOf: IdOf, name: keyof typeof DEMO_SOURCES): SourceId => {
  const id = idOf<SourceId>('source', name)
  if (sourceRecords.has(doc, id)) return id
  const outline: { title: string; reliabilityReason: string; via?: keyof typeof DEMO_SOURCES } =
    DEMO_SOURCES[name]
  const values: Partial<Omit<Source, 'id'>> = {
    title: outline.title,
    reliability: 'F',
    reliabilityReason: outline.reliabilityReason,
    viaSourceId: outline.via === undefined ? null : noteSource(doc, idOf, outline.via),
  }
  sourceRecords.put(doc, id, values)
  return id
}

export const judge =
  (status: ClaimStatus, ...names: readonly DemoClaimName[]): Edit =>
  (doc, idOf) => {
    for (const name of names) claimRecords.set(doc, idOf<ClaimId>('claim', name), { status })
  }
