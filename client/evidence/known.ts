/** What is known of where claims come from, followed while it changes. */
import { createMemo, type Accessor } from 'solid-js'
import { useNegotiation } from '#client/live/negotiation.ts'
import { citationRecords } from '#shared/document/claims.ts'
import { excerptRecords, sourceRecords } from '#shared/document/sources.ts'
import { evidenceIn, type Evidence } from '#shared/evidence/origins.ts'

export const createEvidence = (): Accessor<Evidence> => {
  const { view } = useNegotiation()
  return createMemo(() =>
    evidenceIn({
      sources: view.records(sourceRecords),
      excerpts: view.records(excerptRecords),
      citations: view.records(citationRecords),
    }),
  )
}
