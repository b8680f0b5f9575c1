/** The brief beside the matrix: what happened since, ranked, to be read and reviewed one by one. */
import { createMemo, createSignal, For, Match, Show, Switch } from 'solid-js'
import { wordsOf } from '#client/api.ts'
import type { Asking } from '#client/history/asking.ts'
import { BaselinePicker } from '#client/history/baseline-picker.tsx'
import { Collisions } from '#client/history/catch-up-collisions.tsx'
import { CatchUpItem } from '#client/history/catch-up-item.tsx'
import type { CatchUp, Item } from '#client/history/catch-up.ts'
import type { Meetings } from '#client/history/meetings.ts'
import type { History } from '#client/history/snapshots.ts'
import { Icon } from '#client/ui/icon.tsx'
import { classificationOf } from '#client/classification.ts'
import { useNegotiation } from '#client/live/negotiation.ts'
import { notify } from '#client/ui/toaster.tsx'
import type { ApiBrief } from '#shared/brief-api.ts'
import { briefMarkdown, classified } from '#shared/compare/brief-markdown.ts'
import type { Brief } from '#shared/compare/brief.ts'
import { BRIEF_GROUP_LABELS, BRIEF_GROUPS, type BriefGroup } from '#shared/compare/rank.ts'
import '#client/history/catch-up.css'

interface CatchUpPanelProps {
  readonly catchUp: CatchUp
  readonly asking: Asking
  readonly history: History
  readonly meetings: Meetings
  /** My account's id. */
  readonly me: string
  readonly choose: (since: string) => void
}

export const CatchUpPanel = (props: CatchUpPanelProps) => (
  <section class="catch-up" aria-label="Catch up">
    <BaselinePicker
      since={props.catchUp.since() ?? ''}
      brief={props.catchUp.brief()}
      history={props.history}
      meetings={props.meetings}
      choose={props.choose}
    />
    <Switch
      fallback={
        <p class="history-loading" aria-busy="true">
          Comparing …
        </p>
      }
    >
      <Match when={props.catchUp.failed()}>
        <div class="history-empty" role="alert">
          <p>{wordsOf(props.catchUp.failed())}</p>
          <button type="button" class="button" onClick={() => props.catchUp.again()}>
            Try again
          </button>
        </div>
      </Match>
      <Match when={props.catchUp.brief()}>{brief => <Told {...props} brief={brief()} />}</Match>
    </Switch>
  </section>
)

const Told = (props: CatchUpPanelProps & { readonly brief: ApiBrief }) => {
  const { trackerId } = useNegotiation()
  const many = (): number => props.catchUp.unreviewed().length
  const groups = createMemo(() => {
    const byGroup = Map.groupBy(props.brief.items, ({ group }) => group)
    return BRIEF_GROUPS.filter(group => byGroup.has(group))
  })
  return (
    <>
      <p class="catch-up-headline" role="status">
        {props.brief.items.length === 0
          ? 'Nothing changed since then.'
          : `${props.brief.headline}.`}
      </p>
      <Show when={props.brief.items.length > 0}>
        <div class="catch-up-deeds">
          <span class="catch-up-left" role="status">
            {many() === 0 ? 'All reviewed' : `${many()} of ${props.brief.items.length} to review`}
            <span class="unseen">. {props.catchUp.current()?.title}</span>
          </span>
          <span class="catch-up-steps" role="group" aria-label="Changes">
            <button
              type="button"
              class="button quiet icon small"
              aria-label="Previous change"
              data-tip="Previous change"
              data-keys="p, Shift+F7"
              onClick={() => props.catchUp.step(-1)}
            >
              <span aria-hidden="true">↑</span>
            </button>
            <button
              type="button"
              class="button quiet icon small"
              aria-label="Next change"
              data-tip="Next change"
              data-keys="n, F7"
              onClick={() => props.catchUp.step(1)}
            >
              <span aria-hidden="true">↓</span>
            </button>
          </span>
          <button
            type="button"
            class="button quiet icon small"
            aria-label="Copy as Markdown"
            data-tip="Copy as Markdown"
            onClick={() => void copy(props.brief, classificationOf(trackerId))}
          >
            <Icon name="copy" />
          </button>
          <button
            type="button"
            class="button small"
            disabled={many() === 0}
            onClick={() => void props.catchUp.review()}
          >
            Mark all reviewed
          </button>
        </div>
      </Show>
      <div class="history-body">
        <Show when={props.brief.collisions.length > 0}>
          <Collisions
            collisions={props.brief.collisions}
            many={props.brief.counts.collisions.appeared + props.brief.counts.collisions.dissolved}
            goTo={props.catchUp.goToCollision}
          />
        </Show>
        <For each={groups()}>
          {group => (
            <Group
              {...props}
              group={group}
              items={props.brief.items.filter(item => item.group === group)}
            />
          )}
        </For>
      </div>
    </>
  )
}

const Group = (
  props: CatchUpPanelProps & {
    readonly brief: ApiBrief
    readonly group: BriefGroup
    readonly items: readonly Item[]
  },
) => {
  // Mere words are many, and say the least.
  const [isOpen, setOpen] = createSignal(props.group !== 'wording')
  const isShown = (): boolean =>
    isOpen() || props.items.some(({ address }) => address === props.catchUp.current()?.address)
  const news = (): readonly Item[] =>
    props.items.filter(item => props.catchUp.stateOf(item) === 'unreviewed')
  return (
    <section class="catch-up-group">
      <div class="catch-up-group-head">
        <h3>
          <button
            type="button"
            class="catch-up-fold"
            aria-expanded={isShown()}
            onClick={() => setOpen(!isShown())}
          >
            <Icon name={isShown() ? 'down' : 'right'} />
            {BRIEF_GROUP_LABELS[props.group]}
            <span class="catch-up-many">{props.items.length}</span>
          </button>
        </h3>
        <Show when={news().length > 1}>
          <button
            type="button"
            class="button quiet small"
            aria-label={`Mark ${BRIEF_GROUP_LABELS[props.group].toLowerCase()} reviewed`}
            onClick={() => void props.catchUp.review(news())}
          >
            Mark reviewed
          </button>
        </Show>
      </div>
      <Show when={isShown()}>
        <ul>
          <For each={props.items.map(({ address }) => address)}>
            {address => (
              <Show when={props.items.find(item => item.address === address)}>
                {item => (
                  <CatchUpItem
                    item={item()}
                    catchUp={props.catchUp}
                    asking={props.asking}
                    authors={props.brief.authors}
                    since={props.brief.since.seq}
                    me={props.me}
                  />
                )}
              </Show>
            )}
          </For>
        </ul>
      </Show>
    </section>
  )
}

const copy = async (brief: ApiBrief, line: string): Promise<void> => {
  const names = new Map(brief.authors.map(({ id, name }) => [id, name]))
  const words = {
    title: brief.title,
    since: brief.since.at,
    nameOf: (id: string) => names.get(id) ?? '',
  }
  try {
    // What went over HTTP is what the server made of such a brief.
    const markdown = briefMarkdown(brief as unknown as Brief, words)
    await navigator.clipboard.writeText(classified(markdown, line))
    notify({ text: 'The brief is copied as Markdown.' })
  } catch {
    notify({ tone: 'warning', text: 'The browser did not allow copying.' })
  }
}
