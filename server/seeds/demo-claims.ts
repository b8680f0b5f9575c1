/** The demo's claims, in our own words. */
import type { DemoAuthor } from '#server/seeds/demo-edit.ts'
import { LATER_CLAIMS } from '#server/seeds/demo-claims-later.ts'
import { REPORT_CLAIMS } from '#server/seeds/demo-claims-report.ts'
import type { DemoPersonName } from '#server/seeds/demo-people.ts'
import type { DemoSourceName } from '#server/seeds/demo-sources.ts'
import type { Claim } from '#shared/claims.ts'

export interface DemoClaim
  extends
    Pick<Claim, 'statement' | 'attribution' | 'credibility' | 'learnedAt'>,
    Partial<
      Pick<
        Claim,
        'hedges' | 'saidAt' | 'speaker' | 'capacity' | 'original' | 'language' | 'wouldSettle'
      >
    > {
  readonly source: DemoSourceName
  readonly person?: DemoPersonName
  /** The claim that it denies. */
  readonly denies?: string
  readonly chasedBy?: DemoAuthor
}

export const DEMO_CLAIMS = { ...REPORT_CLAIMS, ...LATER_CLAIMS }
export type DemoClaimName = keyof typeof DEMO_CLAIMS
