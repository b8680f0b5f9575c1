/** A state of coverage as a sign: it can be told without its colour. */
import { Show } from 'solid-js'
import { Icon } from '#client/ui/icon.tsx'
import type { CoverageState } from '#shared/evidence/coverage.ts'

const SIGNS = {
  unsupported: '!',
  contested: '≠',
  single_origin: '1',
  empty: '·',
  agenda_only: '▭',
  supported: '✓',
  not_applicable: '–',
} as const

export const CoverageMark = (props: { readonly state: CoverageState }) => (
  <span class="coverage-mark" data-state={props.state} aria-hidden="true">
    <Show when={props.state !== 'stale' && props.state} fallback={<Icon name="clock" />}>
      {state => SIGNS[state()]}
    </Show>
  </span>
)
