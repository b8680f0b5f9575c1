/** A page of one party or one issue, or of everybody, as it stands in an address: `?page=party/<id>`. */
import type { Spot } from '#client/matrix/selection.ts'
import { isId, type IssueId, type PartyId } from '#shared/ids.ts'

export type PageRef =
  | { readonly of: 'party'; readonly id: PartyId }
  | { readonly of: 'issue'; readonly id: IssueId }
  | { readonly of: 'people' }

/** Undefined for what names no page. */
export const pageIn = (query: string | undefined): PageRef | undefined => {
  const [of, id, ...rest] = (query ?? '').split('/')
  if (of === 'people' && id === undefined) return { of }
  if (!isId(id) || rest.length > 0) return undefined
  if (of === 'party') return { of, id: id as PartyId }
  return of === 'issue' ? { of, id: id as IssueId } : undefined
}

export const inAddress = (page: PageRef): string =>
  page.of === 'people' ? 'people' : `${page.of}/${page.id}`

/** Of what a header names; of a cell that of its issue. Undefined between the two. */
export const pageOf = ({ row, column }: Spot, issueIds: readonly string[]): PageRef | undefined => {
  if (row === 'top') return column === 'head' ? undefined : { of: 'party', id: column }
  return issueIds.includes(row) ? { of: 'issue', id: row as IssueId } : undefined
}
