/** One thing that changed meanwhile: in short in the list, in full where the reader stands. */
import { createEffect, createMemo, For, Show } from 'solid-js'
import { DetailList } from '#client/history/detail-list.tsx'
import type { Asking } from '#client/history/asking.ts'
import type { CatchUp, Item } from '#client/history/catch-up.ts'
import type { CellRef } from '#client/history/movements/cell-history.tsx'
import { MovementsBetween } from '#client/history/movements/movements-between.tsx'
import { Questions } from '#client/history/questions.tsx'
import { Avatar } from '#client/ui/avatar.tsx'
import { exactly, shortlyOf } from '#client/ui/when.ts'
import type { ApiAuthor } from '#shared/api.ts'
import type { Detail } from '#shared/compare/detail.ts'
import { RED_LINE_TURN_LABELS } from '#shared/compare/red-lines.ts'
import { MOVEMENT_KIND_LABELS } from '#shared/movements.ts'
import { isOpen } from '#shared/questions.ts'

interface CatchUpItemProps {
  readonly item: Item
  readonly catchUp: CatchUp
  readonly asking: Asking
  readonly authors: readonly ApiAuthor[]
  /** The entry with which the brief begins. */
  readonly since: number
  /** My account's id. */
  readonly me: string
}

export const CatchUpItem = (props: CatchUpItemProps) => {
  const isCurrent = (): boolean => props.catchUp.current()?.address === props.item.address
  const state = () => props.catchUp.stateOf(props.item)
  let element: HTMLLIElement | undefined
  createEffect(() => {
    if (isCurrent()) element?.scrollIntoView?.({ block: 'nearest' })
  })
  return (
    <li
      ref={element}
      class="catch-up-item"
      classList={{ current: isCurrent(), [state()]: true }}
      data-address={props.item.address}
    >
      <button
        type="button"
        class="catch-up-open"
        aria-current={isCurrent() ? 'true' : undefined}
        onClick={() => props.catchUp.goTo(props.item.address)}
      >
        <span class="catch-up-dot" aria-hidden="true" />
        <span class="catch-up-title">
          <bdi>{props.item.title}</bdi>
          <Show when={props.asking.about(props.item.address).some(isOpen)}>
            <span class="catch-up-asked" data-tip="An open question">
              <span aria-hidden="true">?</span>
              <span class="unseen">, with an open question</span>
            </span>
          </Show>
          <Show when={state() !== 'unreviewed'}>
            <span class="unseen">, {state() === 'mine' ? 'changed by you' : 'reviewed'}</span>
          </Show>
        </span>
        <Show when={!isCurrent() || hasKind(props.item)}>
          <span class="catch-up-kind">{kindWords(props.item)}</span>
        </Show>
      </button>
      <Show when={isCurrent()}>
        <Full {...props} />
      </Show>
    </li>
  )
}

const hasKind = ({ kind, turns }: Item): boolean => kind !== null || turns.length > 0

/** "Red line softened · The party moved"; else what changed in short, "Status: reported → denied". */
const kindWords = (item: Item): string => {
  const { details, kind, turns } = item
  if (!hasKind(item)) return details.map(inShort).join(', ')
  const said = [...new Set(turns)].map(turn => RED_LINE_TURN_LABELS[turn])
  // Whoever judges a red line anew has said so with its turn.
  const isSaid = said.length > 0 && kind === 'judged'
  return [...said, ...(kind && !isSaid ? [MOVEMENT_KIND_LABELS[kind]] : [])].join(' · ')
}

const SHORT = 48

const inShort = ({ is, kind, name, was }: Detail): string => {
  if (was === '') return `${name} added`
  if (is === '') return `${name} removed`
  const change = `${name}: ${was} → ${is}`
  return kind === 'prose' || change.length > SHORT ? `${name} changed` : change
}

const Full = (props: CatchUpItemProps) => {
  const state = () => props.catchUp.stateOf(props.item)
  const authors = (): readonly ApiAuthor[] =>
    props.item.credits.flatMap(
      ({ account }) => props.authors.find(({ id }) => id === account) ?? [],
    )
  const latest = () => props.item.credits[0]
  /** Its movements tell by whom, when and why. */
  const cell = createMemo(
    () => {
      const { issueId, kind, partyId } = props.item
      return kind === null ? undefined : { kind, place: { issueId, partyId } as CellRef }
    },
    undefined,
    { equals: (a, b) => a?.kind === b?.kind },
  )
  const names = (): string =>
    authors()
      .map(({ id, name }) => (id === props.me ? 'You' : name))
      .join(', ')
  return (
    <div class="catch-up-full">
      <DetailList details={props.item.details} />
      <Show when={props.item.evidence.length > 0}>
        <ul class="catch-up-evidence" aria-label="Claims on which it rests">
          <For each={props.item.evidence}>
            {claim => (
              <li>
                <span class="grade">
                  <span class="unseen">Grade </span>
                  {claim.grade}
                </span>
                <bdi>{claim.statement}</bdi>
                <Show when={claim.isNew}>
                  <span class="catch-up-new">new</span>
                </Show>
                <Show when={claim.status !== 'reported'}>
                  <span class="catch-up-label">{claim.status}</span>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <Show when={cell()}>
        {cell => (
          <MovementsBetween
            change={cell().place}
            kind={cell().kind}
            span={{ since: props.since, until: undefined }}
          />
        )}
      </Show>
      <div class="catch-up-last">
        <Questions
          asking={props.asking}
          about={props.item.address}
          wanted={props.catchUp.askings()}
        />
        <div class="catch-up-foot">
          <Show when={!cell()}>
            <Show when={latest()}>
              {credit => (
                <p class="catch-up-credit">
                  <span aria-hidden="true" class="history-authors">
                    <For each={authors().slice(0, 3)}>
                      {author => <Avatar small name={author.name} colour={author.colour} />}
                    </For>
                  </span>
                  <bdi>{names()}</bdi> ·{' '}
                  <time
                    dateTime={new Date(credit().lastAt).toISOString()}
                    title={exactly(credit().lastAt)}
                  >
                    {shortlyOf(credit().lastAt)}
                  </time>
                </p>
              )}
            </Show>
          </Show>
          <Show when={state() !== 'mine'}>
            <button
              type="button"
              class="button small"
              classList={{ primary: state() === 'unreviewed' }}
              data-keys="r"
              onClick={() => props.catchUp.turn()}
            >
              {state() === 'reviewed' ? 'Mark unreviewed' : 'Mark reviewed'}{' '}
              <kbd aria-hidden="true">r</kbd>
            </button>
          </Show>
        </div>
      </div>
    </div>
  )
}
