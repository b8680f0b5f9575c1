/** Above the audit log: what of it is shown, and the same as a file. */
import { createEffect, createMemo, For, onCleanup, Show } from 'solid-js'
import { isFiltered, queryOf, type AuditFilter } from '#client/audit/filter.ts'
import { download } from '#client/ui/download.ts'
import { Icon } from '#client/ui/icon.tsx'
import { MenuButton } from '#client/ui/menu.tsx'
import type { AuditEntry } from '#shared/audit-api.ts'
import { AUDITED } from '#shared/audit.ts'

interface AuditFiltersProps {
  readonly filter: AuditFilter
  /** What is shown, for the names in it. */
  readonly entries: readonly AuditEntry[]
  readonly titleOf: (trackerId: string) => string
  readonly onNarrow: (change: AuditFilter) => void
  readonly onShowAll: () => void
}

/** Milliseconds without a key until a search begins. */
const PAUSE = 250

const namedBy = ({ id, name }: { readonly id: string; readonly name: string }) =>
  [id, name] as const

/** The address lags behind somebody who types. */
const follow = (field: HTMLInputElement, text: string): void => {
  if (document.activeElement !== field) field.value = text
}

export const AuditFilters = (props: AuditFiltersProps) => {
  let waiting: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(waiting))
  const search = (text: string): void => {
    clearTimeout(waiting)
    waiting = setTimeout(() => props.onNarrow({ text }), PAUSE)
  }
  const save = (extension: string): void => {
    const query = queryOf(props.filter).toString()
    download(`/api/audit/export.${extension}${query && `?${query}`}`)
  }
  /** Also of those who are no longer among what is shown. */
  const names = createMemo<ReadonlyMap<string, string>>(
    known => new Map([...known, ...props.entries.flatMap(({ by }) => (by ? [namedBy(by)] : []))]),
    new Map(),
  )
  const nameOf = (id: string): string => names().get(id) ?? 'one person'
  const chips = (): readonly { readonly words: string; readonly without: AuditFilter }[] => {
    const { from, person, tracker } = props.filter
    return [
      person ? { words: nameOf(person), without: { person: '' } } : [],
      tracker ? { words: props.titleOf(tracker), without: { tracker: '' } } : [],
      from ? { words: from, without: { from: '' } } : [],
    ].flat()
  }
  return (
    <div class="audit-filters" role="search" aria-label="What is shown of the audit log">
      <input
        class="input audit-search"
        type="search"
        dir="auto"
        aria-label="Words in a name or a detail"
        placeholder="Search names and details"
        maxLength={200}
        ref={field => createEffect(() => follow(field, props.filter.text ?? ''))}
        onInput={event => search(event.currentTarget.value)}
      />
      <select
        class="input audit-kind"
        aria-label="What was done"
        value={props.filter.what ?? ''}
        onChange={event => props.onNarrow({ what: event.currentTarget.value })}
      >
        <option value="">Everything</option>
        <For each={Object.entries(AUDITED)}>
          {([what, words]) => (
            <option value={what} selected={props.filter.what === what}>
              {words}
            </option>
          )}
        </For>
      </select>
      <span class="audit-span">
        <input
          class="input"
          type="date"
          aria-label="From this day on"
          max={props.filter.until || undefined}
          value={props.filter.since ?? ''}
          onChange={event => props.onNarrow({ since: event.currentTarget.value })}
        />
        <span aria-hidden="true">–</span>
        <input
          class="input"
          type="date"
          aria-label="Until this day"
          min={props.filter.since || undefined}
          value={props.filter.until ?? ''}
          onChange={event => props.onNarrow({ until: event.currentTarget.value })}
        />
      </span>
      <MenuButton
        class="button audit-save"
        label="Export what is shown"
        entries={() => [
          { label: 'As a sheet (CSV)', run: () => save('csv') },
          { label: 'As JSON, with hashes', run: () => save('json') },
        ]}
      >
        Export
      </MenuButton>
      <Show when={isFiltered(props.filter)}>
        <div class="audit-chips">
          <For each={chips()}>
            {chip => (
              <button
                type="button"
                class="button small audit-chip"
                aria-label={`Not only ${chip.words}`}
                onClick={() => props.onNarrow(chip.without)}
              >
                <bdi>{chip.words}</bdi>
                <Icon name="close" />
              </button>
            )}
          </For>
          <button type="button" class="button quiet small" onClick={() => props.onShowAll()}>
            Show everything
          </button>
        </div>
      </Show>
    </div>
  )
}
