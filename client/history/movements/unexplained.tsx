/** Changes of a stance or a red line without a claim or a reason: for the lead to ask, and for anybody to say why. */
import {
  createEffect,
  createMemo,
  createSignal,
  For,
  Match,
  Show,
  Switch,
  type Accessor,
} from 'solid-js'
import { wordsOf } from '#client/api.ts'
import { followEdits } from '#client/history/follow.ts'
import { createMovementList } from '#client/history/movements/list.ts'
import { createSaid } from '#client/history/movements/said.ts'
import { tellMovements } from '#client/history/movements/told.ts'
import { WhyForm } from '#client/history/movements/why-form.tsx'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Avatar } from '#client/ui/avatar.tsx'
import { ago, exactly } from '#client/ui/when.ts'
import type { ApiMovement } from '#shared/api.ts'
import { inWords } from '#shared/compare/detail.ts'
import type { IssueId, PartyId } from '#shared/ids.ts'
import type { MovementKey } from '#shared/movements.ts'
import type { Tracker } from '#shared/tracker.ts'
import '#client/history/movements/movements.css'

interface Props {
  readonly now: Accessor<Tracker>
  readonly onOpen: (issueId: IssueId, partyId: PartyId) => void
}

export const Unexplained = (props: Props) => {
  const negotiation = useNegotiation()
  const { trackerId, view } = negotiation
  const said = createSaid(negotiation)
  const list = createMovementList(trackerId, () => ({ unexplained: 'true' }))
  followEdits(props.now, list.again)
  /** What has been explained meanwhile is gone at once, and so is what stood in a row that is gone. */
  const open = createMemo(() =>
    (list.latest()?.movements ?? []).filter(
      movement =>
        said.isUnexplained(movement) &&
        view.issue(movement.issueId as IssueId) &&
        view.party(movement.partyId as PartyId),
    ),
  )
  const [chosen, setChosen] = createSignal<ReadonlySet<string>>(new Set())
  const keys = (): readonly MovementKey[] =>
    open().flatMap(({ key }) => (chosen().has(key) ? [key as MovementKey] : []))
  const choose = (key: string, isChosen: boolean): void => {
    const next = new Set(chosen())
    if (isChosen) next.add(key)
    else next.delete(key)
    setChosen(next)
  }
  const [isOpened, setOpened] = createSignal(false)
  const [isWriting, setWriting] = createSignal(false)
  createEffect(() => {
    if (keys().length === 0) setWriting(false)
  })
  const many = (): string => {
    if (list.latest() === undefined) return ''
    return `${open().length}${list.latest()?.hasMore ? '+' : ''}`
  }
  return (
    <details class="unexplained" onToggle={event => setOpened(event.currentTarget.open)}>
      <summary>
        Unexplained changes <span class="unexplained-many">{many()}</span>
      </summary>
      <Show when={isOpened()}>
        <Switch fallback={<p class="history-loading">Looking them up …</p>}>
          <Match when={list.failed() && !list.latest()}>
            <div class="history-empty" role="alert">
              <p>{wordsOf(list.failed())}</p>
              <button type="button" class="button" onClick={list.again}>
                Try again
              </button>
            </div>
          </Match>
          <Match when={list.latest() && open().length === 0}>
            <p class="unexplained-none">
              Every change of a stance or a red line rests on a claim, or somebody has said why.
            </p>
          </Match>
          <Match when={list.latest()}>
            <ul>
              <For each={open()}>
                {movement => (
                  <li>
                    <Show when={said.mayEdit()}>
                      <input
                        type="checkbox"
                        aria-label={`Choose ${titleOf(movement)}`}
                        checked={chosen().has(movement.key)}
                        onChange={event => choose(movement.key, event.currentTarget.checked)}
                      />
                    </Show>
                    <button
                      type="button"
                      class="unexplained-open"
                      onClick={() =>
                        props.onOpen(movement.issueId as IssueId, movement.partyId as PartyId)
                      }
                    >
                      <strong dir="auto">{titleOf(movement)}</strong>
                      <span dir="auto">{whatOf(movement)}</span>
                      <span class="unexplained-by">
                        <Avatar
                          small
                          name={movement.account.name}
                          colour={movement.account.colour}
                        />
                        <bdi>{movement.account.name}</bdi>
                        <time
                          dateTime={new Date(movement.lastAt).toISOString()}
                          data-tip={exactly(movement.lastAt)}
                        >
                          {ago(movement.lastAt)}
                        </time>
                      </span>
                    </button>
                  </li>
                )}
              </For>
            </ul>
            <Show when={list.latest()?.hasMore}>
              <button type="button" class="button small" onClick={list.more}>
                Show earlier ones
              </button>
            </Show>
            <Show when={keys().length > 0}>
              <Show
                when={isWriting()}
                fallback={
                  <button
                    type="button"
                    class="button small unexplained-say"
                    onClick={() => setWriting(true)}
                  >
                    {keys().length === 1 ? 'Say why' : `Say why for ${keys().length}`}
                  </button>
                }
              >
                <WhyForm
                  label={keys().length === 1 ? 'Why' : `Why, for all ${keys().length}`}
                  verb="Say why"
                  focused
                  onSubmit={text => {
                    said.explain(keys(), text)
                    setChosen(new Set<string>())
                  }}
                  onLeave={() => setWriting(false)}
                />
              </Show>
            </Show>
          </Match>
        </Switch>
      </Show>
    </details>
  )

  function titleOf({ issueId, partyId }: ApiMovement): string {
    const party = view.party(partyId as PartyId)?.name || 'Unnamed party'
    return `${party} · ${view.issue(issueId as IssueId)?.title || 'Untitled issue'}`
  }

  /** Its change in words; what else stood in the cell then does not matter for that. */
  function whatOf(movement: ApiMovement): string {
    const [issueId, partyId] = [movement.issueId as IssueId, movement.partyId as PartyId]
    const now = { cell: view.cell(issueId, partyId), redLines: view.redLines(issueId, partyId) }
    const around = { issue: view.issue(issueId), claim: view.claim }
    return tellMovements([movement], now, around)
      .map(({ details }) => inWords(details))
      .join('')
  }
}
