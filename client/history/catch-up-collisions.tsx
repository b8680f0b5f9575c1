/** At the head of the brief: where parties came to collide with red lines, or no longer do. What did it stands below. */
import { For, Show } from 'solid-js'
import type { ApiBrief } from '#shared/brief-api.ts'
import { COLLISION_CHANGE_LABELS } from '#shared/compare/collisions.ts'

export type ToldCollision = ApiBrief['collisions'][number]

interface Props {
  readonly collisions: readonly ToldCollision[]
  /** Shows the cell of whoever crosses the line. */
  readonly goTo: (collision: ToldCollision) => void
}

export const Collisions = (props: Props) => (
  <section class="catch-up-group catch-up-collisions" aria-label="Collisions">
    <ul>
      <For each={props.collisions}>
        {collision => (
          <li classList={{ soft: collision.isSoft, gone: collision.change === 'dissolved' }}>
            <button type="button" class="catch-up-collision" onClick={() => props.goTo(collision)}>
              <span class="catch-up-collision-change">
                {COLLISION_CHANGE_LABELS[collision.change]}
                <Show when={collision.isSoft}>
                  <span class="catch-up-label"> · soft line</span>
                </Show>
              </span>
              <bdi class="catch-up-title">{collision.title}</bdi>
              <bdi>{collision.accepts}</bdi>
              <bdi>{collision.line}</bdi>
            </button>
          </li>
        )}
      </For>
    </ul>
  </section>
)
