/** In the gutter under a row: each red line joined to the cells of those who would accept what lies beyond it. */
import { createMemo, For, Show } from 'solid-js'
import { useGrid } from '#client/matrix/grid.ts'
import { crossingWords, type Crossing } from '#client/redlines/collisions.ts'
import type { PartyId } from '#shared/ids.ts'
import '#client/redlines/crossings.css'

interface Props {
  readonly crossings: readonly Crossing[]
}

/** So many lines stand one above the other; further ones share their places. */
const TRACKS = 3

export const Crossings = (props: Props) => {
  const lines = createMemo(() => [...Map.groupBy(props.crossings, ({ lineId }) => lineId).values()])
  return (
    <Show when={lines().length > 0}>
      <div class="crossings" aria-hidden="true">
        <For each={lines()}>
          {(crossings, nth) => <Joined crossings={crossings} track={nth() % TRACKS} />}
        </For>
      </div>
    </Show>
  )
}

const Joined = (props: { readonly crossings: readonly Crossing[]; readonly track: number }) => {
  const { sheet, view } = useGrid()
  const first = (): Crossing => props.crossings[0] as Crossing
  const parties = (): readonly PartyId[] => [
    first().holder,
    ...props.crossings.map(({ crosser }) => crosser),
  ]
  // Beside the middle, so that lines of one holder stay apart.
  const middle = (id: PartyId): number =>
    sheet.columnLeft(id) + sheet.sizes().column / 2 + props.track * 14
  const from = (): number => Math.min(...parties().map(middle))
  const to = (): number => Math.max(...parties().map(middle))
  return (
    <div
      class="crossing"
      classList={{ soft: first().isSoft }}
      style={{
        'inset-inline-start': `${from()}px`,
        'inline-size': `${to() - from()}px`,
        '--track': props.track,
      }}
    >
      <For each={parties()}>
        {id => (
          <span
            class={id === first().holder ? 'crossing-end holder' : 'crossing-end'}
            data-column={id}
            data-tip={props.crossings
              .filter(({ crosser }) => id === first().holder || crosser === id)
              .map(crossing => crossingWords(crossing, view))
              .join('\n')}
            style={{ 'inset-inline-start': `${middle(id) - from()}px` }}
          />
        )}
      </For>
    </div>
  )
}
