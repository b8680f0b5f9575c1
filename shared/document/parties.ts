/** Parties in the document: the columns. */
import type * as Y from 'yjs'
import { cellsMap } from '#shared/document/layout.ts'
import { oneOf, word, words } from '#shared/document/field.ts'
import { placed } from '#shared/document/rank.ts'
import { recordKind } from '#shared/document/record.ts'
import { redLineRecords } from '#shared/document/redlines.ts'
import { emptyText } from '#shared/document/text.ts'
import type { PartyId, Rank } from '#shared/ids.ts'
import { asAlso, PARTY_ROLES, type Party } from '#shared/parties.ts'

export const partyRecords = recordKind<PartyId, Omit<Party, 'id'>>('parties', {
  name: words,
  role: oneOf(PARTY_ROLES, 'stakeholder'),
  alsoRole: stored => asAlso(words(stored).split(' ')),
  rank: word<Rank>(),
})

/** Adds a party before the one at `index`; at the end without it. */
export const addParty = (
  doc: Y.Doc,
  id: PartyId,
  values: Partial<Omit<Party, 'id' | 'rank'>>,
  index = Number.POSITIVE_INFINITY,
): void =>
  doc.transact(() => {
    partyRecords.put(doc, id, { ...values, ...placedParty(doc, id, index) })
  })

/** Moves a party so that it stands at `index` among the others. */
export const moveParty = (doc: Y.Doc, id: PartyId, index: number): void =>
  doc.transact(() => partyRecords.set(doc, id, placedParty(doc, id, index)))

/** Removes a party with its cells and red lines; its texts are emptied. */
export const removeParty = (doc: Y.Doc, id: PartyId): void =>
  doc.transact(() => {
    partyRecords.remove(doc, id)
    for (const key of cellsMap(doc).keys()) if (key.split('/')[1] === id) cellsMap(doc).delete(key)
    for (const line of redLineRecords.all(doc))
      if (line.partyId === id) redLineRecords.remove(doc, line.id)
    for (const name of doc.share.keys()) {
      const [root, issueId, partyId] = name.split('/')
      if (root === 'text' && issueId && partyId === id) emptyText(doc, name)
    }
  })

const placedParty = (doc: Y.Doc, id: PartyId, index: number): { rank: Rank } =>
  placed(
    partyRecords.all(doc).filter(party => party.id !== id),
    index,
    (other, rank) => partyRecords.set(doc, other as PartyId, { rank }),
  )
