/** How an issue was named and described, newest first. */
import { createEffect, createMemo, For, Match, on, Switch } from 'solid-js'
import { api, wordsOf } from '#client/api.ts'
import { createAsked } from '#client/history/asked.ts'
import { DetailList } from '#client/history/detail-list.tsx'
import { soon } from '#client/history/movements/list.ts'
import { MovementHead } from '#client/history/movements/movement-head.tsx'
import { whenSaved } from '#client/history/when-saved.ts'
import { useNegotiation } from '#client/live/negotiation.ts'
import type { ApiChange, ChangesPage } from '#shared/api.ts'
import { line } from '#shared/compare/detail.ts'
import type { IssueId } from '#shared/ids.ts'
import '#client/history/history.css'
import '#client/history/movements/movements.css'

const FIELDS = { title: 'Title', description: 'Description' } as const

export const IssueChanges = (props: { readonly issueId: IssueId }) => {
  const negotiation = useNegotiation()
  const asked = createAsked(
    () => props.issueId,
    async issueId => {
      const pages = await Promise.all(
        Object.keys(FIELDS).map(field => {
          const query = new URLSearchParams({ issue: issueId, field })
          return api.get<ChangesPage>(`/api/trackers/${negotiation.trackerId}/changes?${query}`)
        }),
      )
      const changes = pages.flatMap(page => page.changes).filter(({ partyId }) => partyId === null)
      return { issueId, changes: changes.toSorted((a, b) => b.lastSeq - a.lastSeq) }
    },
  )
  const words = createMemo(() => {
    const issue = negotiation.view.issue(props.issueId)
    return `${issue?.title}\n${issue?.description}`
  })
  const askSoon = soon(() => void whenSaved(negotiation).then(asked.again, asked.again))
  createEffect(on(words, askSoon, { defer: true }))
  const changes = (): readonly ApiChange[] | undefined => {
    const latest = asked.latest()
    return latest?.issueId === props.issueId ? latest.changes : undefined
  }
  return (
    <Switch fallback={<p class="history-loading">Looking up what happened here …</p>}>
      <Match when={asked.failed() && !changes()}>
        <div class="history-empty" role="alert">
          <p>{wordsOf(asked.failed())}</p>
          <button type="button" class="button" onClick={asked.again}>
            Try again
          </button>
        </div>
      </Match>
      <Match when={changes()?.length === 0}>
        <p class="history-empty" role="status">
          Its title and its description are as they were when it was made.
        </p>
      </Match>
      <Match when={changes()}>
        <ol class="movements">
          <For each={changes()}>
            {change => (
              <li class="movement">
                <MovementHead of={change} name={change.account.name} />
                <DetailList
                  details={[
                    line(
                      FIELDS[change.field as keyof typeof FIELDS],
                      String(change.before ?? ''),
                      String(change.after ?? ''),
                      'prose',
                    ),
                  ]}
                />
              </li>
            )}
          </For>
        </ol>
      </Match>
    </Switch>
  )
}
