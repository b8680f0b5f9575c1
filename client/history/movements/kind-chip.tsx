/** Of what kind a change was; whoever may edit says otherwise with one click. */
import { Show } from 'solid-js'
import { MenuButton, type MenuEntry } from '#client/ui/menu.tsx'
import { MOVEMENT_KIND_LABELS, MOVEMENT_KINDS, type MovementKind } from '#shared/movements.ts'

interface Props {
  readonly kind: MovementKind
  readonly proposed: MovementKind
  readonly mayEdit: boolean
  /** Null goes back to what is proposed. */
  readonly onMark: (kind: MovementKind | null) => void
}

export const KindChip = (props: Props) => {
  const isCorrected = (): boolean => props.kind !== props.proposed
  const tip = (): string =>
    isCorrected()
      ? `Corrected. Proposed: ${MOVEMENT_KIND_LABELS[props.proposed].toLowerCase()}`
      : 'As proposed from what changed'
  const entries = (): readonly MenuEntry[] => [
    ...MOVEMENT_KINDS.map(kind => ({
      label: MOVEMENT_KIND_LABELS[kind],
      checked: props.kind === kind,
      run: () => props.onMark(kind),
    })),
    null,
    {
      label: `As proposed: ${MOVEMENT_KIND_LABELS[props.proposed].toLowerCase()}`,
      disabled: !isCorrected(),
      run: () => props.onMark(null),
    },
  ]
  const classes = (): string => `kind-chip kind-${props.kind}${isCorrected() ? ' corrected' : ''}`
  const label = (): string =>
    `${MOVEMENT_KIND_LABELS[props.kind]}${isCorrected() ? ', corrected' : ''}`
  return (
    <Show
      when={props.mayEdit}
      fallback={
        <span class={classes()} data-tip={tip()}>
          <Words kind={props.kind} corrected={isCorrected()} />
        </span>
      }
    >
      <MenuButton
        class={classes()}
        label={`Kind of change: ${label()}`}
        data-tip={tip()}
        entries={entries}
      >
        <Words kind={props.kind} corrected={isCorrected()} />
      </MenuButton>
    </Show>
  )
}

const Words = (props: { readonly kind: MovementKind; readonly corrected: boolean }) => (
  <>
    {MOVEMENT_KIND_LABELS[props.kind]}
    <Show when={props.corrected}>
      <span aria-hidden="true">*</span>
      <span class="unseen">, corrected</span>
    </Show>
  </>
)
