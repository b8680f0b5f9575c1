/** The change that the reader stands on, in full: the cell in the matrix shows only an excerpt. */
import { Show } from 'solid-js'
import type { Compared } from '#client/history/compared.ts'
import { DetailList } from '#client/history/detail-list.tsx'
import { MovementsBetween } from '#client/history/movements/movements-between.tsx'
import type { Span } from '#client/history/movements/span.ts'
import { titleOf } from '#shared/compare/details.ts'
import type { Stop } from '#shared/compare/stops.ts'

interface ChangeCardProps {
  readonly stop: Stop
  readonly compared: Compared | undefined
  readonly span: Span | undefined
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
        <Show when={props.stop.kind === 'cell' && props.stop.change}>
          {change => (
            <MovementsBetween
              change={change()}
              kind={compared().kinds[props.stop.address] ?? 'worded'}
              span={props.span}
            />
          )}
        </Show>
      </section>
    )}
  </Show>
)
