/** Tells which cells others have just changed, so that the screen can show where something happened. */
import type * as Y from 'yjs'
import type { Negotiation } from '#client/live/negotiation.ts'
import { changedAddresses } from '#shared/document/changed.ts'
import type { IssueId, PartyId } from '#shared/ids.ts'

/** More cells than this at once is an import, a restore or a reunion, and nothing to point at. */
const MOST = 24

export const onRemoteEdit = (
  { doc, loaded }: Negotiation,
  tell: (cell: { readonly issueId: IssueId; readonly partyId: PartyId }) => void,
): (() => void) => {
  const listen = (transaction: Y.Transaction): void => {
    if (transaction.local || !loaded()) return
    const cells = [...changedAddresses(transaction)].filter(address => address.startsWith('cell/'))
    if (cells.length > MOST) return
    for (const cell of cells) {
      const [, issueId, partyId] = cell.split('/')
      tell({ issueId: issueId as IssueId, partyId: partyId as PartyId })
    }
  }
  doc.on('afterTransaction', listen)
  return () => doc.off('afterTransaction', listen)
}
