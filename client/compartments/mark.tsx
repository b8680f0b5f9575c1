/** That something is in a compartment, and a way into one. */
import { Show } from 'solid-js'
import { askToMove } from '#client/compartments/asked.ts'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Icon } from '#client/ui/icon.tsx'
import { may } from '#shared/access.ts'
import type { Movable } from '#shared/compartments.ts'
import type { RecordKind } from '#shared/document/record.ts'
import '#client/compartments/mark.css'

interface MarkProps<Id extends string> {
  readonly of: RecordKind<Id, object>
  readonly id: Id
}

export const CompartmentMark = <Id extends string>(props: MarkProps<Id>) => {
  const { compartmentOf } = useNegotiation()
  return (
    <Show when={compartmentOf(props.of, props.id)}>
      {compartment => (
        <span class="compartment-mark" data-tip="Only the members of this compartment see it">
          <Icon name="lock" />
          <span class="unseen">In the compartment </span>
          <span dir="auto">{compartment().name}</span>
        </span>
      )}
    </Show>
  )
}

interface WayProps<Id extends string> extends MarkProps<Id> {
  readonly kind: Movable
  readonly called: string
}

/** The mark of what is in one; for an owner, the way into one of what is not. */
export const CompartmentWay = <Id extends string>(props: WayProps<Id>) => {
  const { compartmentOf, mayEdit, role } = useNegotiation()
  return (
    <Show
      when={compartmentOf(props.of, props.id)}
      fallback={
        <Show when={mayEdit() && may(role(), 'manage')}>
          <button
            type="button"
            class="button small compartment-way"
            onClick={() => askToMove({ kind: props.kind, id: props.id }, props.called)}
          >
            <Icon name="lock" /> Put into a compartment …
          </button>
        </Show>
      }
    >
      <CompartmentMark of={props.of} id={props.id} />
    </Show>
  )
}
