/** Where a reader is in the evidence: all of it stands in the address, so that it can be sent to somebody. */
import { useSearchParams } from '@solidjs/router'
import { createMemo, type Accessor } from 'solid-js'
import type { CellKey } from '#shared/cells.ts'
import type { ClaimId, ExcerptId, SourceId } from '#shared/ids.ts'

export interface EvidencePlace {
  /** The name of a view; the first one where there is none of that name. */
  readonly view?: string | undefined
  readonly source?: SourceId | undefined
  readonly claim?: ClaimId | undefined
  /** Words of the source to look at. */
  readonly excerpt?: ExcerptId | undefined
  /** What of a view is shown, in its own words. */
  readonly only?: string | undefined
  /** The cell that is looked at, in a view of cells. */
  readonly cell?: CellKey | undefined
}

export interface EvidenceAddress {
  readonly place: Accessor<EvidencePlace>
  /** Goes to a place, which a step back leaves again. What it does not name is left out. */
  readonly go: (place: EvidencePlace) => void
  /** Shows something else of the same view: a step back leaves the view as a whole. */
  readonly narrow: (to: Pick<EvidencePlace, 'cell' | 'only'>) => void
  readonly toSource: (source: SourceId, excerpt?: ExcerptId) => void
  readonly toClaim: (claim: ClaimId) => void
}

export const createEvidenceAddress = (): EvidenceAddress => {
  const [query, setQuery] = useSearchParams<{
    view?: string
    source?: SourceId
    claim?: ClaimId
    excerpt?: ExcerptId
    only?: string
    cell?: CellKey
  }>()
  const place = createMemo((): EvidencePlace => ({
    view: query.view,
    source: query.source,
    claim: query.claim,
    excerpt: query.excerpt,
    only: query.only,
    cell: query.cell,
  }))
  const go = ({ cell, claim, excerpt, only, source, view }: EvidencePlace): void =>
    setQuery({ tab: 'evidence', view, source, claim, excerpt, only, cell })
  const narrow: EvidenceAddress['narrow'] = to => setQuery({ ...to }, { replace: true })
  return {
    place,
    go,
    narrow,
    toSource: (source, excerpt) => go({ view: 'sources', source, excerpt }),
    toClaim: claim => go({ view: 'claims', claim }),
  }
}
