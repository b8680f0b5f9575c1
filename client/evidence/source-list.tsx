/** Sources by name, each beneath the one it was seen through, with its grade and what was made of it. */
import { createMemo, createSignal, Show } from 'solid-js'
import { Grade } from '#client/evidence/chips.tsx'
import { createEvidence } from '#client/evidence/known.ts'
import { sourceTree } from '#client/evidence/source-tree.ts'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Each } from '#client/ui/each.tsx'
import { Icon } from '#client/ui/icon.tsx'
import { MenuButton, type MenuEntry } from '#client/ui/menu.tsx'
import { claimRecords } from '#shared/document/claims.ts'
import { sourceRecords } from '#shared/document/sources.ts'
import { compareGrades } from '#shared/evidence/grades.ts'
import type { SourceId } from '#shared/ids.ts'
import { SOURCE_KIND_LABELS, SOURCE_KINDS, type SourceKind } from '#shared/sources.ts'

interface Props {
  readonly chosen: SourceId | undefined
  readonly mayAdd: boolean
  readonly onAdd: () => void
  readonly onChoose: (id: SourceId) => void
}

export const SourceList = (props: Props) => {
  const { view } = useNegotiation()
  const evidence = createEvidence()
  const [words, setWords] = createSignal('')
  const [kind, setKind] = createSignal<SourceKind>()
  const [byGrade, setByGrade] = createSignal(false)
  const all = createMemo(() => view.records(sourceRecords))
  const claims = createMemo(() => {
    const many = new Map<SourceId, number>()
    for (const claim of view.records(claimRecords))
      for (const id of evidence().sourcesOf(claim)) many.set(id, (many.get(id) ?? 0) + 1)
    return many
  })
  const isFiltered = (): boolean => words() !== '' || kind() !== undefined
  const branches = createMemo(() => {
    const wanted = words().toLowerCase()
    const found = all().filter(
      source =>
        (kind() === undefined || source.kind === kind()) &&
        `${source.title} ${source.author}`.toLowerCase().includes(wanted),
    )
    if (byGrade())
      return found
        .toSorted((a, b) => compareGrades(a.reliability, b.reliability))
        .map(source => ({ id: source.id, source, depth: 0 }))
    // Of a few that were searched for, whom they were seen through is not there to stand beneath.
    return isFiltered()
      ? found.map(source => ({ id: source.id, source, depth: 0 }))
      : sourceTree(found)
  })
  const kindWords = (): string => SOURCE_KIND_LABELS[kind() as SourceKind] ?? 'All kinds'
  const kinds = (): readonly MenuEntry[] => [
    { label: 'Every kind', checked: kind() === undefined, run: () => setKind(undefined) },
    null,
    ...SOURCE_KINDS.map(name => ({
      label: SOURCE_KIND_LABELS[name],
      count: all().filter(source => source.kind === name).length,
      checked: kind() === name,
      run: () => setKind(name),
    })),
    null,
    { label: 'By chain', checked: !byGrade(), run: () => setByGrade(false) },
    { label: 'By reliability', checked: byGrade(), run: () => setByGrade(true) },
  ]
  return (
    <>
      <div class="evidence-tools">
        <input
          class="input"
          type="search"
          aria-label="Search the sources"
          placeholder="Search sources"
          dir="auto"
          onInput={event => setWords(event.currentTarget.value.trim())}
        />
        <MenuButton
          class="button small"
          label={`${kindWords()}: kind and order of the sources`}
          entries={kinds}
        >
          <span>{kindWords()}</span>
          <Icon name="down" />
        </MenuButton>
      </div>
      <Show when={props.mayAdd}>
        <button type="button" class="add evidence-add" onClick={() => props.onAdd()}>
          <Icon name="plus" /> Add a source
        </button>
      </Show>
      <ul class="evidence-items" aria-label="Sources">
        <Each of={branches()}>
          {branch => (
            <li style={{ '--depth': Math.min(branch().depth, 4) }}>
              <button
                type="button"
                class="evidence-item"
                aria-current={props.chosen === branch().source.id ? 'true' : undefined}
                onClick={() => props.onChoose(branch().source.id)}
              >
                <Grade grade={branch().source.reliability} />
                <span class="evidence-item-words">
                  <span class="evidence-item-title" dir="auto">
                    {branch().source.title || 'Untitled source'}
                  </span>
                  <span class="evidence-item-note" dir="auto">
                    <Show when={branch().depth > 0}>
                      <span class="unseen">Seen through the one above. </span>
                    </Show>
                    {[
                      branch().source.author,
                      branch().source.kind === 'other'
                        ? ''
                        : SOURCE_KIND_LABELS[branch().source.kind],
                      countWords(claims().get(branch().source.id) ?? 0),
                      throughWords(evidence().seenThrough(branch().source.id).length),
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                </span>
              </button>
            </li>
          )}
        </Each>
      </ul>
      <Show when={branches().length === 0}>
        <p class="evidence-note evidence-nothing">
          {isFiltered() ? 'No source has these words.' : 'No source yet.'}
        </p>
      </Show>
    </>
  )
}

const countWords = (claims: number): string =>
  claims === 0 ? 'no claim' : claims === 1 ? '1 claim' : `${claims} claims`
const throughWords = (reports: number): string =>
  reports === 0 ? '' : `${reports} more seen through it`
