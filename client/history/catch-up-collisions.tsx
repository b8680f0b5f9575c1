/** At the head of the brief: where parties came to collide with red lines, or no longer do. What did it stands below. */
import { createSignal, For, Show } from 'solid-js'
import type { ApiBrief } from '#shared/brief-api.ts'
import { COLLISION_CHANGE_LABELS } from '#shared/compare/collisions.ts'

export type ToldCollision = ApiBrief['collisions'][number]

interface Props {
  readonly collisions: readonly ToldCollision[]
  /** Of all, told or not. */
  readonly many: number
  /** Shows the cell of whoever crosses the line. */
  readonly goTo: (collision: ToldCollision) => void
}

/** So many are told at first: what led to them stands below. */
const AT_FIRST = 4

export const Collisions = (props: Props) => {
  const [all, setAll] = createSignal(false)
  const shown = (): readonly ToldCollision[] =>
    all() ? props.collisions : props.collisions.slice(0, AT_FIRST)
  const untold = (): number => props.many - props.collisions.length
  return (
    <section class="catch-up-group catch-up-collisions" aria-label="Collisions">
      <ul>
        <For each={shown()}>
          {collision => (
            <li classList={{ soft: collision.isSoft, gone: collision.change === 'dissolved' }}>
              <button
                type="button"
                class="catch-up-collision"
                onClick={() => props.goTo(collision)}
              >
                <span class="catch-up-collision-change">
                  {COLLISION_CHANGE_LABELS[collision.change]}
                  <Show when={collision.isSoft}>
                    <span class="catch-up-label"> · soft line</span>
                  </Show>
                </span>
                <span class="catch-up-title">{collision.title}</span>
                <span>{collision.accepts}</span>
                <span>{collision.line}</span>
              </button>
            </li>
          )}
        </For>
      </ul>
      <Show when={!all() && props.collisions.length > AT_FIRST}>
        <button type="button" class="add" onClick={() => setAll(true)}>
          Show {props.collisions.length - AT_FIRST} more
        </button>
      </Show>
      <Show when={(all() || props.collisions.length <= AT_FIRST) && untold() > 0}>
        <p class="field-note">And {untold()} more.</p>
      </Show>
    </section>
  )
}
