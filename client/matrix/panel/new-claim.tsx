/** A claim in the team's own words, with its source and grade, added to a cell in one step. */
import { createSignal, createUniqueId, onMount, Show } from 'solid-js'
import { DateLine } from '#client/evidence/fields.tsx'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Choice } from '#client/matrix/panel/choice.tsx'
import { Line } from '#client/matrix/panel/line.tsx'
import { Icon } from '#client/ui/icon.tsx'
import { MenuButton, type MenuEntry } from '#client/ui/menu.tsx'
import { isoDayOf } from '#client/ui/when.ts'
import {
  ATTRIBUTION_LABELS,
  ATTRIBUTIONS,
  type Attribution,
  type Credibility,
} from '#shared/claims.ts'
import { RELIABILITIES, type Judgement, type Reliability } from '#shared/sources.ts'
import { attachClaim } from '#shared/document/cells.ts'
import { claimRecords } from '#shared/document/claims.ts'
import { settleGrade } from '#shared/document/evidence.ts'
import { sourceRecords } from '#shared/document/sources.ts'
import {
  newId,
  type AccountId,
  type ClaimId,
  type IssueId,
  type PartyId,
  type SourceId,
} from '#shared/ids.ts'

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
  const { act, me, view } = useNegotiation()
  const id = createUniqueId()
  const [statement, setStatement] = createSignal('')
  const [sourceId, setSourceId] = createSignal<SourceId>()
  const [title, setTitle] = createSignal('')
  const [reliability, setReliability] = createSignal<Reliability>('F')
  const [credibility, setCredibility] = createSignal<Credibility>(6)
  const [reason, setReason] = createSignal('')
  const [attribution, setAttribution] = createSignal<Attribution>('media_report')
  const [speaker, setSpeaker] = createSignal('')
  const [hedges, setHedges] = createSignal('')
  const [saidAt, setSaidAt] = createSignal('')
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
    const at = Date.now()
    const judged = (about: Judgement['about'], subjectId: string, grade: string, why: string) => ({
      id: newId<Judgement['id']>(),
      about,
      subjectId,
      grade,
      reason: why,
      by: me.id as AccountId,
      at,
    })
    act('add a claim', doc => {
      const source = known ?? (named === '' ? null : newId<SourceId>())
      if (source && !known) {
        sourceRecords.put(doc, source, { title: named })
        if (reliability() !== 'F') settleGrade(doc, judged('source', source, reliability(), ''))
      }
      claimRecords.put(doc, claimId, {
        statement: words,
        sourceId: source,
        attribution: attribution(),
        speaker: speaker(),
        hedges: hedges(),
        saidAt: saidAt(),
        learnedAt: isoDayOf(at),
      })
      if (credibility() !== 6)
        settleGrade(doc, judged('claim', claimId, String(credibility()), reason()))
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
      <Show when={credibility() !== 6}>
        <Line
          label="Reason for the grade"
          value={reason()}
          placeholder="Why this grade"
          disabled={false}
          onWrite={setReason}
        />
      </Show>
      <details>
        <summary>More: {ATTRIBUTION_LABELS[attribution()]}</summary>
        <Choice
          label="Attribution"
          values={ATTRIBUTIONS}
          labels={ATTRIBUTION_LABELS}
          value={attribution()}
          disabled={false}
          onChoose={value => value && setAttribution(value)}
        />
        <Line
          label="Who said it"
          labelled
          value={speaker()}
          placeholder="such as “senior officials”"
          disabled={false}
          onWrite={setSpeaker}
        />
        <Line
          label="Hedges"
          labelled
          value={hedges()}
          placeholder="such as “reportedly, expected”"
          disabled={false}
          onWrite={setHedges}
        />
        <DateLine label="Said" value={saidAt()} disabled={false} onWrite={setSaidAt} />
      </details>
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
