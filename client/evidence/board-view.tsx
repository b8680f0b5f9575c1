/** The confirmation board: every claim that nobody has settled, the oldest first, with who chases it and what hangs on it. */
import { createMemo, createSignal, For, Show } from 'solid-js'
import { createAnalysts } from '#client/evidence/analysts.ts'
import { BoardCard } from '#client/evidence/board-card.tsx'
import { Reconsider } from '#client/evidence/reconsider.tsx'
import { createReconsidered } from '#client/evidence/reconsidered.ts'
import type { EvidenceViewProps } from '#client/evidence/views.ts'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Segments } from '#client/ui/segments.tsx'
import { claimRecords } from '#shared/document/claims.ts'
import { pendingIn } from '#shared/evidence/support.ts'
import type { ClaimId } from '#shared/ids.ts'
import '#client/evidence/board.css'

const WHOSE = ['all', 'mine', 'nobody'] as const
type Whose = (typeof WHOSE)[number]
const WHOSE_LABELS = { all: 'All', mine: 'I chase', nobody: 'Nobody chases' } as const

export default function BoardView(props: EvidenceViewProps) {
  const { me, view } = useNegotiation()
  const analysts = createAnalysts()
  const reconsidered = createReconsidered()
  const whose = (): Whose => WHOSE.find(one => one === props.address.place().only) ?? 'all'
  const pending = createMemo(() => pendingIn(view.records(claimRecords)))
  const [open, setOpen] = createSignal<readonly ClaimId[]>([])
  const isOpen = (id: ClaimId): boolean => open().includes(id)
  const isOf = (chasedBy: string | null, who: Whose): boolean =>
    who === 'all' || (who === 'mine' ? chasedBy === me.id : chasedBy === null)
  const counted = (who: Whose): number =>
    pending().filter(({ chasedBy }) => isOf(chasedBy, who)).length
  const ids = createMemo<readonly ClaimId[]>(
    () =>
      // What another settles while somebody writes of it stays where it is, until they are done.
      pendingIn(view.records(claimRecords), isOpen)
        .filter(({ chasedBy, id }) => isOpen(id) || isOf(chasedBy, whose()))
        .map(({ id }) => id),
    [],
    { equals: (a, b) => a.join() === b.join() },
  )
  return (
    <div class="board">
      <div class="board-column">
        <Reconsider reconsidered={reconsidered} jump={props.jump} />
        <div class="board-head">
          <h2>To be settled</h2>
          <Segments
            label="Which claims are shown"
            names={WHOSE}
            labelOf={who => `${WHOSE_LABELS[who]} ${counted(who)}`}
            chosen={whose()}
            onChoose={who => props.address.narrow({ only: who === 'all' ? undefined : who })}
          />
        </div>
        <ol class="board-cards">
          <For each={ids()}>
            {id => (
              <BoardCard
                {...props}
                id={id}
                analysts={analysts}
                onOpen={is =>
                  setOpen(all => (is ? [...all, id] : all.filter(other => other !== id)))
                }
              />
            )}
          </For>
        </ol>
        <Show when={ids().length === 0}>
          <p class="board-none">
            {whose() === 'all'
              ? 'Nothing is pending: every claim is confirmed, or has fallen.'
              : 'None of the pending claims.'}
          </p>
        </Show>
      </div>
    </div>
  )
}
