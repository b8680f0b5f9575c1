/** The claims on which a cell rested at a time, as they stood then. */
import { createMemo, createSignal, For, Match, Show, Switch } from 'solid-js'
import { wordsOf } from '#client/api.ts'
import { createAsked } from '#client/history/asked.ts'
import type { Pasts } from '#client/live/past.ts'
import { gradeOf } from '#shared/claims.ts'
import type { IssueId, PartyId } from '#shared/ids.ts'
import { timeRef } from '#shared/moments.ts'
import { cellOf } from '#shared/tracker.ts'

interface Props {
  readonly issueId: IssueId
  readonly partyId: PartyId
  /** Milliseconds since 1970. */
  readonly at: number
  /** How many there are. */
  readonly many: number
  readonly pasts: Pasts
}

export const Evidence = (props: Props) => {
  const [isOpen, setOpen] = createSignal(false)
  const past = createAsked(
    () => (isOpen() ? timeRef(props.at) : undefined),
    ref => props.pasts.open(ref),
  )
  const claims = createMemo(() => {
    const tracker = past.latest()
    if (!tracker) return undefined
    const { claimIds } = cellOf(tracker, props.issueId, props.partyId)
    return tracker.claims
      .filter(({ id }) => claimIds.includes(id))
      .map(claim => {
        const source = tracker.sources.find(({ id }) => id === claim.sourceId)
        return { id: claim.id, statement: claim.statement, source, grade: gradeOf(claim, source) }
      })
  })
  return (
    <Show when={props.many > 0} fallback={<p class="evidence-none">On nobody’s word</p>}>
      <details class="evidence" onToggle={event => setOpen(event.currentTarget.open)}>
        <summary>{props.many === 1 ? 'On 1 claim' : `On ${props.many} claims`}</summary>
        <Show when={isOpen()}>
          <Switch fallback={<p class="evidence-none">Looking up what was known …</p>}>
            <Match when={past.failed()}>
              <p class="history-fault" role="alert">
                {wordsOf(past.failed())}{' '}
                <button type="button" class="button quiet small" onClick={past.again}>
                  Try again
                </button>
              </p>
            </Match>
            <Match when={claims()}>
              {all => (
                <ul>
                  <For each={all()}>
                    {claim => (
                      <li>
                        <span class="grade">
                          <span class="unseen">Grade </span>
                          {claim.grade}
                        </span>
                        <span dir="auto">
                          {claim.statement}
                          <Show when={claim.source}>
                            {source => <span class="evidence-source"> · {source().title}</span>}
                          </Show>
                        </span>
                      </li>
                    )}
                  </For>
                </ul>
              )}
            </Match>
          </Switch>
        </Show>
      </details>
    </Show>
  )
}
