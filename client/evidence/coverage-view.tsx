/** Coverage: where the matrix is empty, contested, old or held up by nothing, as a map and as a list to work through. */
import { createMemo, createSignal, For, onMount, Show, untrack } from 'solid-js'
import { createCoverage, type CoverageCell } from '#client/evidence/coverage-cells.ts'
import { CoverageMap } from '#client/evidence/coverage-map.tsx'
import { CoverageMark } from '#client/evidence/coverage-mark.tsx'
import { coverageWords } from '#client/evidence/coverage-words.ts'
import { setStaleDays, STALE_CHOICES, staleDays } from '#client/evidence/stale.ts'
import type { EvidenceViewProps } from '#client/evidence/views.ts'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Icon } from '#client/ui/icon.tsx'
import { MenuButton, type MenuEntry } from '#client/ui/menu.tsx'
import { cellKey, type CellKey } from '#shared/cells.ts'
import {
  COVERAGE_LABELS,
  COVERAGE_STATES,
  coverageCounts,
  isFault,
  type CoverageState,
} from '#shared/evidence/coverage.ts'
import '#client/evidence/coverage.css'

/** Of a long list only the first are drawn: it shortens as it is worked through. */
const LISTED = 200

export default function CoverageView(props: EvidenceViewProps) {
  const { view } = useNegotiation()
  const rows = createCoverage(view)
  const cells = createMemo(() => rows().flatMap(row => row.cells()))
  const counts = createMemo(() => coverageCounts(cells().map(cell => cell.is().states)))
  /** Undefined: all that asks for work. */
  const chosen = (): CoverageState | undefined =>
    COVERAGE_STATES.find(state => state === props.address.place().only)
  const choose = (state: CoverageState | undefined): void => props.address.narrow({ only: state })
  const isShown = (states: readonly CoverageState[]): boolean => {
    const state = chosen()
    return state === undefined ? states.some(isFault) : states.includes(state)
  }
  const listed = createMemo(() => cells().filter(cell => isShown(cell.is().states)))
  const keyOf = ({ issueId, partyId }: CoverageCell): CellKey => cellKey(issueId, partyId)
  /** Also in the address, where a step back from the cell finds it again. */
  const [key, setKey] = createSignal(untrack(() => props.address.place().cell))
  const current = createMemo(() => cells().find(cell => keyOf(cell) === key()))
  const setCurrent = (cell: CoverageCell | undefined): void => {
    const to = cell && keyOf(cell)
    if (to === key()) return
    setKey(to)
    props.address.narrow({ cell: to })
  }
  const bringIntoView = (): void =>
    list?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  onMount(bringIntoView)
  const place = (): number => listed().findIndex(cell => cell === current())
  const toWork = (): number => cells().filter(cell => cell.is().states.some(isFault)).length
  const step = (by: 1 | -1): void => {
    const many = listed().length
    const from = place() < 0 && by < 0 ? 0 : place()
    setCurrent(listed()[(from + by + many) % Math.max(1, many)])
    bringIntoView()
  }
  let list: HTMLUListElement | undefined
  const ages = (): readonly MenuEntry[] =>
    STALE_CHOICES.map(days => ({
      label: `${days} days`,
      checked: staleDays() === days,
      run: () => setStaleDays(days),
    }))
  return (
    <div class="coverage">
      <div class="coverage-tools" role="group" aria-label="Which cells are listed">
        <button
          type="button"
          class="coverage-filter"
          aria-pressed={chosen() === undefined}
          onClick={() => choose(undefined)}
        >
          To work on <span class="coverage-count">{toWork()}</span>
        </button>
        <For each={COVERAGE_STATES}>
          {state => (
            <Show when={counts()[state] > 0 || chosen() === state}>
              <button
                type="button"
                class="coverage-filter"
                aria-pressed={chosen() === state}
                onClick={() => choose(chosen() === state ? undefined : state)}
              >
                <CoverageMark state={state} /> {COVERAGE_LABELS[state]}{' '}
                <span class="coverage-count">{counts()[state]}</span>
              </button>
            </Show>
          )}
        </For>
        <MenuButton
          class="button quiet small"
          label={`Stale after ${staleDays()} days`}
          entries={ages}
        >
          Stale after {staleDays()} days <Icon name="down" />
        </MenuButton>
      </div>
      <Show when={counts().unsupported > 0}>
        <p class="coverage-legend">
          Unsupported is also a cell that holds a value and never had a claim; the matrix itself
          does not mark those.
        </p>
      </Show>
      <div class="coverage-body">
        <CoverageMap
          rows={rows()}
          current={current()}
          isShown={isShown}
          onChoose={cell => setCurrent(cell)}
        />
        <section class="coverage-list" aria-label="Cells to work through">
          <div class="coverage-walk">
            <span aria-live="polite">
              {listed().length === 0
                ? 'Nothing to work on here'
                : place() < 0
                  ? `${listed().length} ${listed().length === 1 ? 'cell' : 'cells'}`
                  : `${place() + 1} of ${listed().length}`}
            </span>
            <button
              type="button"
              class="button small"
              disabled={listed().length === 0}
              onClick={() => step(-1)}
            >
              Previous
            </button>
            <button
              type="button"
              class="button small"
              disabled={listed().length === 0}
              onClick={() => step(1)}
            >
              Next
            </button>
          </div>
          <ul ref={list}>
            <For each={listed().slice(0, LISTED)}>
              {cell => (
                <li>
                  <button
                    type="button"
                    class="coverage-item"
                    aria-current={cell === current() ? 'true' : undefined}
                    data-tip="Go to this cell"
                    onClick={() => props.jump(cell.issueId, cell.partyId)}
                    onFocus={() => setCurrent(cell)}
                  >
                    <CoverageMark state={cell.is().states[0] ?? 'empty'} />
                    <span class="coverage-item-words">
                      <span class="coverage-item-title">
                        <bdi>{view.issue(cell.issueId)?.title || 'Untitled issue'}</bdi>
                        {' · '}
                        <bdi>{view.party(cell.partyId)?.name || 'Unnamed party'}</bdi>
                      </span>
                      <span class="coverage-item-note">{coverageWords(cell.is())}</span>
                      <Show when={view.cell(cell.issueId, cell.partyId).position}>
                        {position => (
                          <span class="coverage-item-position" dir="auto">
                            {position()}
                          </span>
                        )}
                      </Show>
                    </span>
                    <Icon name="right" />
                  </button>
                </li>
              )}
            </For>
          </ul>
          <Show when={listed().length > LISTED}>
            <p class="field-none">
              And {listed().length - LISTED} more: they come up as these are done.
            </p>
          </Show>
        </section>
      </div>
    </div>
  )
}
