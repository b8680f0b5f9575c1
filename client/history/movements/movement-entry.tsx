/** One movement of a cell: who, when, what from what into what, of which kind, why, and on what it rested. */
import { createSignal, Show } from 'solid-js'
import { DetailList } from '#client/history/detail-list.tsx'
import { Evidence } from '#client/history/movements/evidence.tsx'
import { KindChip } from '#client/history/movements/kind-chip.tsx'
import type { Said } from '#client/history/movements/said.ts'
import type { Told } from '#client/history/movements/told.ts'
import { Why } from '#client/history/movements/why.tsx'
import type { Pasts } from '#client/live/past.ts'
import { Avatar } from '#client/ui/avatar.tsx'
import { ago, exactly, minuteOf } from '#client/ui/when.ts'
import type { ApiMovement } from '#shared/api.ts'
import type { IssueId, PartyId } from '#shared/ids.ts'

interface Props {
  readonly told: Told
  /** Of a restore: who wrote what it brought back, where that is known. */
  readonly credit: string | undefined
  readonly said: Said
  readonly pasts: Pasts
  /** Undefined where nothing can be brought back. */
  readonly onRestore: (() => Promise<unknown>) | undefined
}

export const MovementEntry = (props: Props) => {
  const movement = (): ApiMovement => props.told.movement
  const [isBusy, setBusy] = createSignal(false)
  const restore = async (): Promise<void> => {
    if (isBusy()) return
    setBusy(true)
    await props.onRestore?.()
    setBusy(false)
  }
  return (
    <li class="movement" data-movement={movement().key}>
      <div class="movement-head">
        <Avatar small name={movement().account.name} colour={movement().account.colour} />
        <strong dir="auto">
          <Show when={movement().restore} fallback={movement().account.name}>
            <Restored by={movement().account.name} credit={props.credit} />
          </Show>
        </strong>
        <Times movement={movement()} />
      </div>
      <DetailList details={props.told.details} longest={LONGEST} />
      <div class="movement-said">
        <KindChip
          kind={props.said.kindOf(movement())}
          proposed={movement().proposed}
          mayEdit={props.said.mayEdit()}
          onMark={kind => props.said.mark([props.told.key], kind)}
        />
        <Why of={props.told.key} said={props.said} />
      </div>
      <div class="movement-foot">
        <Evidence
          issueId={movement().issueId as IssueId}
          partyId={movement().partyId as PartyId}
          at={movement().lastAt}
          many={props.told.claims}
          pasts={props.pasts}
        />
        <Show when={props.onRestore && props.told.differs}>
          <button
            type="button"
            class="button small movement-restore"
            aria-label={`Restore this value, of ${minuteOf(movement().lastAt)}`}
            aria-busy={isBusy()}
            data-tip="The cell says again what it said then; a snapshot is taken first"
            onClick={() => void restore()}
          >
            {isBusy() ? 'Restoring …' : 'Restore this value'}
          </button>
        </Show>
      </div>
    </li>
  )
}

/** "Leyla, restored by Ada" */
const Restored = (props: { readonly by: string; readonly credit: string | undefined }) => (
  <Show when={props.credit} fallback={`Restored by ${props.by}`}>
    {credit => `${credit()}, restored by ${props.by}`}
  </Show>
)

const Times = (props: { readonly movement: ApiMovement }) => (
  <span class="movement-when">
    <time
      dateTime={new Date(props.movement.lastAt).toISOString()}
      data-tip={spanOf(props.movement)}
    >
      {minuteOf(props.movement.lastAt)}
    </time>
    <span> · {ago(props.movement.lastAt)}</span>
  </span>
)

const spanOf = ({ firstAt, lastAt }: ApiMovement): string => {
  const [from, to] = [exactly(firstAt), exactly(lastAt)]
  return from === to ? to : `${from} to ${to}`
}

/** Of longer texts only what stands around a change. */
const LONGEST = 320
