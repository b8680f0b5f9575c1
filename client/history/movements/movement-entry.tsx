/** One movement of a cell: who, when, what from what into what, of which kind, why, and on what it rested. */
import { createSignal, Show } from 'solid-js'
import { DetailList } from '#client/history/detail-list.tsx'
import { Evidence } from '#client/history/movements/evidence.tsx'
import { KindChip } from '#client/history/movements/kind-chip.tsx'
import { MovementHead } from '#client/history/movements/movement-head.tsx'
import type { Said } from '#client/history/movements/said.ts'
import type { Told } from '#client/history/movements/told.ts'
import { Why } from '#client/history/movements/why.tsx'
import type { Pasts } from '#client/live/past.ts'
import { minuteOf } from '#client/ui/when.ts'
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

/** Of longer texts only what stands around a change. */
const LONGEST = 320

export const MovementEntry = (props: Props) => {
  let entry: HTMLLIElement | undefined
  const movement = (): ApiMovement => props.told.movement
  const [isBusy, setBusy] = createSignal(false)
  const restore = async (): Promise<void> => {
    if (isBusy()) return
    setBusy(true)
    const around = entry?.closest<HTMLElement>('aside, dialog')
    await props.onRestore?.()
    setBusy(false)
    // The button has gone with what it was for.
    if (document.activeElement === document.body) around?.focus({ preventScroll: true })
  }
  /** "Leyla, restored by Ada" */
  const name = (): string => {
    const { account, restore } = movement()
    if (restore === null) return account.name
    return props.credit
      ? `${props.credit}, restored by ${account.name}`
      : `Restored by ${account.name}`
  }
  return (
    <li class="movement" ref={entry} data-movement={movement().key}>
      <MovementHead of={movement()} name={name()} />
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
