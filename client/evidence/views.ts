/** The views of the evidence, in the order of their names at the top. Each comes when it is first looked at. */
import type { JSX } from 'solid-js'
import type { EvidenceAddress } from '#client/evidence/address.ts'
import { late } from '#client/ui/late.ts'
import type { IssueId, PartyId } from '#shared/ids.ts'

export interface EvidenceViewProps {
  readonly address: EvidenceAddress
  /** Leaves for a cell in the matrix. */
  readonly jump: (issueId: IssueId, partyId: PartyId | null) => void
}

export interface EvidenceView {
  /** As in the address. */
  readonly name: string
  readonly label: string
  readonly View: (props: EvidenceViewProps) => JSX.Element
}

export const VIEWS: readonly EvidenceView[] = [
  {
    name: 'sources',
    label: 'Sources',
    View: late<EvidenceViewProps>(() => import('#client/evidence/sources-view.tsx')),
  },
  {
    name: 'claims',
    label: 'Claims',
    View: late<EvidenceViewProps>(() => import('#client/evidence/claims-view.tsx')),
  },
  {
    name: 'board',
    label: 'To settle',
    View: late<EvidenceViewProps>(() => import('#client/evidence/board-view.tsx')),
  },
  {
    name: 'coverage',
    label: 'Coverage',
    View: late<EvidenceViewProps>(() => import('#client/evidence/coverage-view.tsx')),
  },
  {
    name: 'lines',
    label: 'Red lines',
    View: late<EvidenceViewProps>(() => import('#client/redlines/red-lines-view.tsx')),
  },
  {
    name: 'outlook',
    label: 'Outlook',
    View: late<EvidenceViewProps>(() => import('#client/outlook/outlook-view.tsx')),
  },
]
