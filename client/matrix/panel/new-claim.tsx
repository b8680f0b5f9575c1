/** A claim in the team's own words, with its source and grade, added to a cell in one step. */
import { createSignal, createUniqueId, onMount, Show } from 'solid-js'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Choice } from '#client/matrix/panel/choice.tsx'
import { Icon } from '#client/ui/icon.tsx'
import { MenuButton, type MenuEntry } from '#client/ui/menu.tsx'
import type { Credibility } from '#shared/claims.ts'
import { RELIABILITIES, type Reliability } from '#shared/sources.ts'
import { attachClaim } from '#shared/document/cells.ts'
import { claimRecords } from '#shared/document/claims.ts'
import { sourceRecords } from '#shared/document/sources.ts'
import { newId, type ClaimId, type IssueId, type PartyId, type SourceId } from '#shared/ids.ts'

interface Props {
  readonly issueId: IssueId
  readonly partyId: PartyId
  readonly onDone: () => void
}

const CREDIBILITY_LABELS = {
  1: '1',
  2: '2',
  3: '3',
  4: '4',
  5: '5',
  6: '6',
} as const
const CREDIBILITY_HINTS = {
  1: 'Confirmed by other sources',
  2: 'Probably true',
  3: 'Possibly true',
  4: 'Doubtful',
  5: 'Improbable',
  6: 'Cannot be judged',
} as const
const RELIABILITY_LABELS = { A: 'A', B: 'B', C: 'C', D: 'D', E: 'E', F: 'F' } as const
const RELIABILITY_HINTS = {
  A: 'Completely reliable',
  B: 'Usually reliable',
  C: 'Fairly reliable',
  D: 'Not usually reliable',
  E: 'Unreliable',
  F: 'Cannot be judged',
} as const
const DIGITS = ['1', '2', '3', '4', '5', '6'] as const

export const NewClaim = (props: Props) => {
  const { act, view } = useNegotiation()
  const id = createUniqueId()
  const [statement, setStatement] = createSignal('')
  const [sourceId, setSourceId] = createSignal<SourceId>()
  const [title, setTitle] = createSignal('')
  const [reliability, setReliability] = createSignal<Reliability>('F')
  const [credibility, setCredibility] = createSignal<Credibility>(6)
  const [isRefused, setRefused] = createSignal(false)
  let first: HTMLTextAreaElement | undefined
  onMount(() => first?.focus())

  const sources = (): readonly MenuEntry[] => [
    ...view.sources().map(source => ({
      label: `${source.title || 'Untitled source'} (${source.reliability})`,
      checked: sourceId() === source.id,
      run: () => setSourceId(source.id),
    })),
    null,
    { label: 'A new source', checked: !sourceId(), run: () => setSourceId(undefined) },
  ]
  const grade = (value: Credibility): void => {
    setRefused(value === 1)
    setCredibility(value === 1 ? 2 : value)
  }
  const add = (event: SubmitEvent): void => {
    event.preventDefault()
    const words = statement().trim()
    if (words === '') return first?.focus()
    const claimId = newId<ClaimId>()
    const named = title().trim()
    const known = sourceId()
    act('add a claim', doc => {
      const source = known ?? (named === '' ? null : newId<SourceId>())
      if (source && !known)
        sourceRecords.put(doc, source, { title: named, reliability: reliability() })
      claimRecords.put(doc, claimId, {
        statement: words,
        sourceId: source,
        credibility: credibility(),
        learnedAt: new Date().toISOString().slice(0, 10),
      })
      attachClaim(doc, props.issueId, props.partyId, claimId)
    })
    props.onDone()
  }
  return (
    <form class="new-claim" onSubmit={add}>
      <label class="field-label" for={id}>
        What was said, in your own words
      </label>
      <textarea
        id={id}
        ref={first}
        class="input"
        rows={3}
        dir="auto"
        value={statement()}
        onInput={event => setStatement(event.currentTarget.value)}
        onKeyDown={event => {
          event.stopPropagation()
          if (event.key === 'Escape') props.onDone()
        }}
      />
      <div class="field">
        <span class="field-label">Source</span>
        <MenuButton class="button small" label="Source of the claim" entries={sources}>
          <span dir="auto">
            {sourceId() ? view.source(sourceId() as SourceId)?.title : 'A new source'}
          </span>
          <Icon name="down" />
        </MenuButton>
      </div>
      <Show when={!sourceId()}>
        <input
          class="line"
          dir="auto"
          aria-label="Title of the new source"
          placeholder="Who said it, and where"
          value={title()}
          onInput={event => setTitle(event.currentTarget.value)}
        />
        <Choice
          label="Its reliability"
          values={RELIABILITIES}
          labels={RELIABILITY_LABELS}
          hints={RELIABILITY_HINTS}
          value={reliability()}
          disabled={false}
          onChoose={value => value && setReliability(value)}
        />
      </Show>
      <Choice
        label="Credibility"
        values={DIGITS}
        labels={CREDIBILITY_LABELS}
        hints={CREDIBILITY_HINTS}
        value={String(credibility()) as (typeof DIGITS)[number]}
        disabled={false}
        onChoose={value => value && grade(Number(value) as Credibility)}
      />
      <Show when={isRefused()}>
        <p class="field-note" role="alert">
          1 means confirmed by independent sources, and this has one. It is 2 until words of another
          one are cited for it.
        </p>
      </Show>
      <div class="panel-row">
        <button type="submit" class="button primary small">
          Add the claim
        </button>
        <button type="button" class="button quiet small" onClick={() => props.onDone()}>
          Cancel
        </button>
      </div>
    </form>
  )
}
