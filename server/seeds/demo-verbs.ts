/** The demo's edits as functions of a document, over names instead of ids. */
import type { DemoClaimName } from '#server/seeds/demo-claims.ts'
import type { Edit, IdOf } from '#server/seeds/demo-edit.ts'
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
import { attachClaim, noteReported, setCell, setPosition } from '#shared/document/cells.ts'
import { addBasket, removeIssue } from '#shared/document/issues.ts'
import { descriptionName } from '#shared/document/layout.ts'
import { addParty, partyRecords } from '#shared/document/parties.ts'
import { redLineRecords } from '#shared/document/redlines.ts'
import { rewriteText } from '#shared/document/text.ts'
import {
  type BasketId,
  type ClaimId,
  type IssueId,
  type PartyId,
  type PointId,
  type RedLineId,
} from '#shared/ids.ts'
import type { Party } from '#shared/parties.ts'
import type { RedLine } from '#shared/redlines.ts'

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
