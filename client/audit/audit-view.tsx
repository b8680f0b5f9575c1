/** The audit log for administrators: who did what, day by day, as far back as one reads. */
import { useSearchParams } from '@solidjs/router'
import { createResource, createMemo, For, onCleanup, Show } from 'solid-js'
import { api } from '#client/api.ts'
import { AuditFilters } from '#client/audit/audit-filters.tsx'
import { AuditLine } from '#client/audit/audit-line.tsx'
import { byDay, FILTERS, isFiltered, queryOf, type AuditFilter } from '#client/audit/filter.ts'
import { HeadOfLog } from '#client/audit/head-of-log.tsx'
import { readPages } from '#client/audit/pages.ts'
import { dayOf } from '#client/ui/when.ts'
import { valueOf } from '#client/value-of.ts'
import type { TrackerEntry } from '#shared/api.ts'
import type { AuditPage } from '#shared/audit-api.ts'
import '#client/audit/audit.css'

const DAY = 24 * 60 * 60_000

const AuditView = () => {
  const [params, setParams] = useSearchParams<Record<(typeof FILTERS)[number], string>>()
  const filter = createMemo<AuditFilter>(() =>
    Object.fromEntries(FILTERS.map(name => [name, params[name] ?? ''])),
  )
  const narrow = (change: AuditFilter): void => setParams({ ...change }, { replace: true })
  const showAll = (): void =>
    setParams(Object.fromEntries(FILTERS.map(name => [name, ''])), { replace: true })
  const query = createMemo(() => queryOf(filter()).toString())
  const pages = readPages(query, asked => api.get<AuditPage>(`/api/audit?${asked}`))
  const days = createMemo(() => byDay(pages.entries()))
  // The log knows no titles; those of my own trackers I may read.
  const [mine] = createResource(() => api.get<readonly TrackerEntry[]>('/api/trackers'))
  const titleOf = (id: string): string =>
    valueOf(mine)?.find(tracker => tracker.id === id)?.title ?? `tracker ${id.slice(0, 8)}…`

  return (
    <section class="audit" aria-labelledby="audit-title">
      <h2 id="audit-title" class="unseen">
        Audit log
      </h2>
      <AuditFilters
        filter={filter()}
        entries={pages.entries()}
        titleOf={titleOf}
        onNarrow={narrow}
        onShowAll={showAll}
      />
      <div class="audit-days" aria-busy={pages.isReading()}>
        <For each={[...days().keys()]}>
          {day => (
            <section class="audit-day" aria-label={day}>
              <h3>
                <Show when={nearness(day)}>{words => <span>{words()}</span>}</Show>
                <span class="audit-date">{day}</span>
              </h3>
              <ol>
                <For each={days().get(day)}>
                  {entry => <AuditLine entry={entry} titleOf={titleOf} onNarrow={narrow} />}
                </For>
              </ol>
            </section>
          )}
        </For>
      </div>
      <p class="audit-status" role="status">
        {pages.isReading() ? 'Reading…' : ''}
      </p>
      <Show when={pages.fault()}>
        <div class="audit-none" role="alert">
          <p>{pages.fault()}</p>
          <button type="button" class="button" onClick={pages.more}>
            Try again
          </button>
        </div>
      </Show>
      <Show when={!pages.isReading() && pages.fault() === ''}>
        <Show when={pages.entries().length === 0}>
          <p class="audit-none">
            {isFiltered(filter())
              ? 'Nothing like this is noted.'
              : 'Nothing is noted yet. Sign-ins, rights and what leaves the server will be.'}
          </p>
        </Show>
        <Show when={pages.hasMore()}>
          <button
            type="button"
            class="button audit-more"
            ref={button => onSeen(button, pages.more)}
            onClick={pages.more}
          >
            Show older ones
          </button>
        </Show>
      </Show>
      <HeadOfLog head={pages.head()} />
    </section>
  )
}
export default AuditView

/** Where it is near. */
const nearness = (day: string): string => {
  const now = Date.now()
  if (day === dayOf(now)) return 'Today'
  return day === dayOf(now - DAY) ? 'Yesterday' : ''
}

/** Reads on by itself when its end comes near. */
const onSeen = (element: Element, see: () => void): void => {
  if (typeof IntersectionObserver === 'undefined') return
  const observer = new IntersectionObserver(
    entries => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) see()
    },
    { rootMargin: '600px' },
  )
  observer.observe(element)
  onCleanup(() => observer.disconnect())
}
