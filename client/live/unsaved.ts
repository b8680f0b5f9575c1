/** My words that the server does not have, so that they can be handed back when it will not take them. */
import type * as Y from 'yjs'
import { changedAddresses, type Address } from '#shared/document/changed.ts'
import { readIssue } from '#shared/document/issues.ts'
import { descriptionName, positionName, readText } from '#shared/document/layout.ts'
import { partyRecords } from '#shared/document/parties.ts'
import type { IssueId, PartyId } from '#shared/ids.ts'

export interface Unsaved {
  /** Each text that I touched since all was saved, under the names of its issue and party; '' where there is none. */
  readonly words: () => string
  readonly dispose: () => void
}

/** `matrix`: the document with the issues, where they are not in the one that is watched. */
export const watchUnsaved = (doc: Y.Doc, isWaiting: () => boolean, matrix = doc): Unsaved => {
  const touched = new Set<Address>()
  let waited = false
  const note = (transaction: Y.Transaction): void => {
    if (!transaction.local) return
    if (!waited) touched.clear()
    for (const address of changedAddresses(transaction)) touched.add(address)
  }
  /** Asked before each transaction: whether what was touched earlier is saved by now. */
  const remember = (): void => {
    waited = isWaiting()
  }
  doc.on('beforeTransaction', remember)
  doc.on('afterTransaction', note)
  return {
    words: () =>
      [...touched]
        .map(address => wordsAt(doc, matrix, address))
        .filter(text => text !== '')
        .join('\n\n'),
    dispose: () => {
      doc.off('beforeTransaction', remember)
      doc.off('afterTransaction', note)
    },
  }
}

const wordsAt = (doc: Y.Doc, matrix: Y.Doc, address: Address): string => {
  const [kind, first, second] = address.split('/') as [string, string?, string?]
  const issueId = first as IssueId
  const issue = first && readIssue(matrix, issueId)
  if (!issue) return ''
  if (kind === 'record') return titled(issue.title, readText(doc, descriptionName(issueId)))
  if (kind !== 'cell' || !second) return ''
  const party = partyRecords.read(doc, second as PartyId)
  const position = readText(doc, positionName(issueId, second as PartyId))
  return titled(`${issue.title}, ${party?.name ?? 'a removed party'}`, position)
}

const titled = (title: string, text: string): string => (text === '' ? '' : `${title}\n${text}`)
