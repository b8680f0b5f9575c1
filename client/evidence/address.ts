/** Where a reader is in the evidence: all of it stands in the address, so that it can be sent to somebody. */
import { useSearchParams } from '@solidjs/router'
import { createMemo, type Accessor } from 'solid-js'
import type { ClaimId, ExcerptId, SourceId } from '#shared/ids.ts'

export interface EvidencePlace {
  /** The name of a view; the first one where there is none of that name. */
  readonly view?: string | undefined
  readonly source?: SourceId | undefined
  readonly claim?: ClaimId | undefined
  /** Words of the source to look at. */
  readonly excerpt?: ExcerptId | undefined
}

export interface EvidenceAddress {
  readonly place: Accessor<EvidencePlace>
  /** Goes to a place, which a step back leaves again. What it does not name is left out. */
  readonly go: (place: EvidencePlace) => void
  readonly toSource: (source: SourceId, excerpt?: ExcerptId) => void
  readonly toClaim: (claim: ClaimId) => void
}

export const createEvidenceAddress = (): EvidenceAddress => {
  const [query, setQuery] = useSearchParams<{
    view?: string
    source?: SourceId
    claim?: ClaimId
    excerpt?: ExcerptId
  }>()
  const place = createMemo((): EvidencePlace => ({
    view: query.view,
    source: query.source,
    claim: query.claim,
    excerpt: query.excerpt,
  }))
  const go = ({ claim, excerpt, source, view }: EvidencePlace): void =>
    setQuery({ tab: 'evidence', view, source, claim, excerpt })
  return {
    place,
    go,
    toSource: (source, excerpt) => go({ view: 'sources', source, excerpt }),
    toClaim: claim => go({ view: 'claims', claim }),
  }
}
