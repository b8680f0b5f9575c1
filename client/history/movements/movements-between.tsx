/** Which movements make a cell's change between two moments: by whom, of which kind, why. */
import { For, Show } from 'solid-js'
import { KindChip } from '#client/history/movements/kind-chip.tsx'
import { spanQuery, type Span } from '#client/history/movements/span.ts'
import { createMovementList } from '#client/history/movements/list.ts'
import { createSaid } from '#client/history/movements/said.ts'
import { Why } from '#client/history/movements/why.tsx'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Avatar } from '#client/ui/avatar.tsx'
import { exactly, minuteOf } from '#client/ui/when.ts'
import type { CellChange } from '#shared/compare/compare.ts'
import type { MovementKey, MovementKind } from '#shared/movements.ts'
import '#client/history/movements/movements.css'

interface Props {
  readonly change: Pick<CellChange, 'issueId' | 'partyId'>
  /** Of all of them together. */
  readonly kind: MovementKind
  /** Undefined while it is not known. */
  readonly span: Span | undefined
}

export const MovementsBetween = (props: Props) => {
  const negotiation = useNegotiation()
  const said = createSaid(negotiation)
  const list = createMovementList(negotiation.trackerId, () => {
    const { change, span } = props
    return span && { ...spanQuery(span), issue: change.issueId, party: change.partyId }
  })
  return (
    <ul class="movements-between">
      <For
        each={list.latest()?.movements}
        fallback={
          <li>
            <KindChip
              kind={props.kind}
              proposed={props.kind}
              mayEdit={false}
              onMark={() => undefined}
            />
          </li>
        }
      >
        {movement => (
          <li>
            <p class="movement-by">
              <Avatar small name={movement.account.name} colour={movement.account.colour} />
              <bdi>{movement.account.name}</bdi>
              <Show when={movement.restore}> restored it</Show>
              <time
                dateTime={new Date(movement.lastAt).toISOString()}
                data-tip={exactly(movement.lastAt)}
              >
                {minuteOf(movement.lastAt)}
              </time>
            </p>
            <div class="movement-said">
              <KindChip
                kind={said.kindOf(movement)}
                proposed={movement.proposed}
                mayEdit={said.mayEdit()}
                onMark={kind => said.mark([movement.key as MovementKey], kind)}
              />
              <Why of={movement.key as MovementKey} said={said} />
            </div>
          </li>
        )}
      </For>
    </ul>
  )
}
