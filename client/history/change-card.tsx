/** The change that the reader stands on, in full: the cell in the matrix shows only an excerpt. */
import { Show } from 'solid-js'
import type { Compared } from '#client/history/compared.ts'
import { DetailList } from '#client/history/detail-list.tsx'
import { titleOf } from '#shared/compare/details.ts'
import type { Stop } from '#shared/compare/stops.ts'

interface ChangeCardProps {
  readonly stop: Stop
  readonly compared: Compared | undefined
}

export const ChangeCard = (props: ChangeCardProps) => (
  <Show when={props.compared}>
    {compared => (
      <section
        class="change-card"
        classList={{ 'of-cell': props.stop.kind === 'cell' }}
        aria-label="This change"
      >
        <h3 dir="auto">{titleOf(props.stop, compared().comparison)}</h3>
        <DetailList details={compared().details[props.stop.address] ?? []} />
      </section>
    )}
  </Show>
)
