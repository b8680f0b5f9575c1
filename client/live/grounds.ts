/** On what cells rest, as a screen asks: who reads of one claim is woken by that claim and by what contradicts it. */
import { createMemo } from 'solid-js'
import type { MatrixView } from '#client/live/view.ts'
import { citationRecords, claimRecords, conflictRecords } from '#shared/document/claims.ts'
import { personRecords } from '#shared/document/people.ts'
import { excerptRecords, sourceRecords } from '#shared/document/sources.ts'
import { evidenceIn } from '#shared/evidence/origins.ts'
import { rivalsIn, type Rival, type Rivals } from '#shared/evidence/rivals.ts'
import type { Grounds } from '#shared/evidence/support.ts'

export const createGrounds = (
  view: Pick<MatrixView, 'claim' | 'record' | 'records' | 'source'>,
): Grounds => {
  const rivals = createMemo(
    () => rivalsIn(view.records(claimRecords), view.records(conflictRecords)),
    undefined,
    { equals: sameRivals },
  )
  const origins = createMemo(() =>
    evidenceIn({
      sources: view.records(sourceRecords),
      excerpts: view.records(excerptRecords),
      citations: view.records(citationRecords),
    }),
  )
  return {
    claim: view.claim,
    source: view.source,
    person: id => view.record(personRecords, id),
    rivalsOf: id => rivals().get(id) ?? NO_RIVALS,
    originsOf: claims => origins().originsOf(claims),
  }
}

const NO_RIVALS: readonly Rival[] = []

/** There are few: most claims contradict nothing. */
const sameRivals = (a: Rivals, b: Rivals): boolean =>
  a.size === b.size && JSON.stringify([...a]) === JSON.stringify([...b])
