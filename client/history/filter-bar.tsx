/** Under a comparison: which of its changes are shown. */
import { createMemo, For, Show } from 'solid-js'
import type { Authors } from '#client/history/author-names.ts'
import type { Filtering } from '#client/history/filtering.ts'
import { MenuButton, type MenuEntry } from '#client/ui/menu.tsx'
import { NO_FILTER, type Dimension } from '#shared/compare/filter.ts'
import type { AccountId, IssueId, PartyId } from '#shared/ids.ts'
import { MOVEMENT_KIND_LABELS, MOVEMENT_KINDS, type MovementKind } from '#shared/movements.ts'
import type { Tracker } from '#shared/tracker.ts'
import '#client/history/filter-bar.css'

interface FilterBarProps {
  readonly filtering: Filtering
  readonly authors: Authors
  /** Both states in one: it knows what only one of them has. */
  readonly matrix: Tracker
}

interface Part {
  readonly dimension: Dimension
  /** What anything is called. */
  readonly any: string
  readonly labelOf: (value: string) => string
  /** In the order in which they are offered. */
  readonly order: () => readonly string[]
}

export const FilterBar = (props: FilterBarProps) => {
  const parts: readonly Part[] = [
    {
      dimension: 'account',
      any: 'Anybody',
      labelOf: id => props.authors.of(id as AccountId)?.name ?? 'somebody',
      order: () => [...props.filtering.choices('account').keys()],
    },
    {
      dimension: 'partyId',
      any: 'All parties',
      labelOf: id => props.matrix.parties.find(party => party.id === id)?.name || 'Unnamed party',
      order: () => props.matrix.parties.map(({ id }) => id),
    },
    {
      dimension: 'issueId',
      any: 'All issues',
      labelOf: id => props.matrix.issues.find(issue => issue.id === id)?.title || 'Untitled issue',
      order: () => props.matrix.issues.map(({ id }) => id),
    },
    {
      dimension: 'kind',
      any: 'Every kind',
      labelOf: kind => MOVEMENT_KIND_LABELS[kind as MovementKind],
      order: () => MOVEMENT_KINDS,
    },
  ]
  return (
    <div class="filter-bar" role="group" aria-label="Changes that are shown">
      <span class="filter-words">Show</span>
      <For each={parts}>{part => <Choice part={part} filtering={props.filtering} />}</For>
      <Show when={props.filtering.isOn()}>
        <button
          type="button"
          class="button quiet small"
          onClick={() => props.filtering.choose(NO_FILTER)}
        >
          Show all
        </button>
      </Show>
    </div>
  )
}

const Choice = (props: { readonly part: Part; readonly filtering: Filtering }) => {
  const chosen = (): string | null => props.filtering.filter()[props.part.dimension]
  const choices = createMemo<ReadonlyMap<string, number>>(() =>
    props.filtering.choices(props.part.dimension),
  )
  const label = (): string => {
    const is = chosen()
    return is === null ? props.part.any : props.part.labelOf(is)
  }
  const choose = (value: string | null): void =>
    props.filtering.choose({ [props.part.dimension]: value as AccountId & PartyId & IssueId })
  const entries = (): readonly MenuEntry[] => [
    { label: props.part.any, checked: chosen() === null, run: () => choose(null) },
    null,
    ...props.part.order().flatMap(value => {
      const many = choices().get(value)
      return many === undefined && value !== chosen()
        ? []
        : [
            {
              label: props.part.labelOf(value),
              checked: value === chosen(),
              count: many ?? 0,
              run: () => choose(value),
            },
          ]
    }),
  ]
  return (
    <Show when={choices().size > 0 || chosen() !== null}>
      <MenuButton
        class="button quiet small filter-choice"
        classList={{ chosen: chosen() !== null }}
        label={`${props.part.any}: ${label()}`}
        entries={entries}
      >
        <bdi>{label()}</bdi>
        <span class="filter-caret" aria-hidden="true" />
      </MenuButton>
    </Show>
  )
}
