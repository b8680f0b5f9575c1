/** Writing a ready-made set of columns and rows into a new tracker. */
import type * as Y from 'yjs'
import { addBasket, addIssue } from '#shared/document/issues.ts'
import { descriptionName } from '#shared/document/layout.ts'
import { addParty } from '#shared/document/parties.ts'
import { addPoint } from '#shared/document/scales.ts'
import { rewriteText } from '#shared/document/text.ts'
import { newId, type BasketId, type IssueId, type PartyId, type PointId } from '#shared/ids.ts'
import type { Party } from '#shared/parties.ts'

/** One row to be; the scale's points go from the lowest to the highest. */
export interface IssueOutline {
  readonly title: string
  readonly description: string
  readonly scale: { readonly name: string; readonly points: readonly string[] }
}

export interface TemplateOutline {
  readonly parties: readonly Pick<Party, 'name' | 'role'>[]
  readonly baskets: readonly { readonly title: string; readonly issues: readonly IssueOutline[] }[]
}

export const addOutlinedIssue = (
  doc: Y.Doc,
  ids: {
    readonly issue: IssueId
    readonly basket: BasketId | null
    readonly points: readonly PointId[]
  },
  { title, description, scale }: IssueOutline,
): void =>
  doc.transact(() => {
    addIssue(doc, ids.issue, { title, basketId: ids.basket, scaleName: scale.name })
    rewriteText(doc, descriptionName(ids.issue), description)
    for (const [value, id] of ids.points.entries())
      addPoint(doc, id, ids.issue, scale.points[value] ?? '')
  })

export const fill = (doc: Y.Doc, { baskets, parties }: TemplateOutline): void =>
  doc.transact(() => {
    for (const party of parties) addParty(doc, newId<PartyId>(), party)
    for (const { issues, title } of baskets) {
      const basket = newId<BasketId>()
      addBasket(doc, basket, title)
      for (const issue of issues)
        addOutlinedIssue(
          doc,
          {
            issue: newId<IssueId>(),
            basket,
            points: issue.scale.points.map(() => newId<PointId>()),
          },
          issue,
        )
    }
  })
