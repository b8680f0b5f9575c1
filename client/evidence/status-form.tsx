/** A claim becomes something else: as of when and why, and by which other claim. */
import { createSignal, createUniqueId, onMount, Show } from 'solid-js'
import { Missing, Needed } from '#client/evidence/fields.tsx'
import { Finder } from '#client/ui/finder.tsx'
import { useNegotiation } from '#client/live/negotiation.ts'
import { isoDayOf } from '#client/ui/when.ts'
import { Choice } from '#client/matrix/panel/choice.tsx'
import {
  ATTRIBUTION_LABELS,
  ATTRIBUTIONS,
  type Attribution,
  type Claim,
  type ClaimEvent,
  type ClaimStatus,
} from '#shared/claims.ts'
import { deny, setStatus } from '#shared/document/evidence.ts'
import { claimRecords } from '#shared/document/claims.ts'
import { newId, type AccountId, type ClaimId } from '#shared/ids.ts'

interface Step {
  readonly status: ClaimStatus
  /** As a button. */
  readonly label: string
  /** What is asked. */
  readonly why: string
}

export const STEPS = [
  { status: 'confirmed', label: 'Confirm', why: 'By whom, or by what?' },
  { status: 'denied', label: 'Deny', why: 'How do we know of the denial?' },
  { status: 'disputed', label: 'Dispute', why: 'Who says otherwise?' },
  { status: 'retracted', label: 'Retract', why: 'Who took it back, and why?' },
  { status: 'superseded', label: 'Supersede', why: 'What has changed?' },
  { status: 'withdrawn', label: 'Withdraw', why: 'Why do we no longer hold it?' },
  { status: 'reported', label: 'Back to reported', why: 'Why is it open again?' },
] as const satisfies readonly Step[]
export type StepStatus = (typeof STEPS)[number]['status']

interface Props {
  readonly claim: Claim
  readonly status: StepStatus
  readonly onDone: () => void
}

export const StatusForm = (props: Props) => {
  const { act, me, view } = useNegotiation()
  const id = createUniqueId()
  const [other, setOther] = createSignal<ClaimId | null>(null)
  const [finding, setFinding] = createSignal(false)
  const [attribution, setAttribution] = createSignal<Attribution>('media_report')
  const [missing, setMissing] = createSignal<string>()
  let form: HTMLFormElement | undefined
  let reason: HTMLTextAreaElement | undefined
  let denial: HTMLTextAreaElement | undefined
  let speaker: HTMLInputElement | undefined
  let date: HTMLInputElement | undefined
  onMount(() => form?.querySelector('textarea')?.focus())
  const step = () => STEPS.find(({ status }) => status === props.status) ?? STEPS[0]
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    const words = denial?.value.trim() ?? ''
    const denier = speaker?.value.trim() ?? ''
    const why = reason?.value.trim() ?? ''
    const lacking = (is: string, field?: HTMLElement): void => {
      setMissing(is)
      field?.focus()
    }
    if (props.status === 'denied') {
      if (words === '') return lacking('Say what the denial says.', denial)
      if (denier === '') return lacking('Say who denies it.', speaker)
    }
    if (why === '') return lacking('Say why: a claim is not settled without a reason.', reason)
    if (props.status === 'superseded' && !view.claim(other() ?? ('' as ClaimId)))
      return lacking('Choose the claim that takes its place.')
    const happened: Omit<ClaimEvent, 'status' | 'otherClaimId'> = {
      id: newId(),
      claimId: props.claim.id,
      reason: why,
      excerptId: null,
      date: date?.value.trim() ?? '',
      by: me.id as AccountId,
      at: Date.now(),
    }
    if (props.status === 'denied')
      act('deny a claim', doc =>
        deny(
          doc,
          {
            id: newId(),
            statement: words,
            speaker: denier,
            attribution: attribution(),
            saidAt: happened.date,
            learnedAt: isoDayOf(happened.at),
          },
          happened,
        ),
      )
    else
      act(`mark a claim as ${props.status}`, doc =>
        setStatus(doc, { ...happened, status: props.status, otherClaimId: other() }),
      )
    props.onDone()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation()
    if (event.key === 'Escape') props.onDone()
  }
  return (
    <form class="status-form" ref={form} noValidate onSubmit={submit} onKeyDown={onKeyDown}>
      <Show when={props.status === 'denied'}>
        <label for={`${id}-denial`}>
          What the denial says: it is a claim of its own
          <Needed />
        </label>
        <textarea
          id={`${id}-denial`}
          ref={denial}
          class="input"
          rows={2}
          dir="auto"
          required
          maxlength={4_000}
        />
        <label for={`${id}-speaker`}>
          Who denies it
          <Needed />
        </label>
        <input
          id={`${id}-speaker`}
          ref={speaker}
          class="input"
          dir="auto"
          required
          maxlength={1_000}
        />
        <Choice
          label="Attribution of the denial"
          values={ATTRIBUTIONS}
          labels={ATTRIBUTION_LABELS}
          value={attribution()}
          disabled={false}
          onChoose={value => value && setAttribution(value)}
        />
      </Show>
      <label for={`${id}-reason`}>
        {step().why}
        <Needed />
      </label>
      <textarea
        id={`${id}-reason`}
        ref={reason}
        class="input"
        rows={2}
        dir="auto"
        required
        maxlength={2_000}
      />
      <Show when={props.status === 'superseded'}>
        <Show
          when={finding()}
          fallback={
            <button type="button" class="button small" onClick={() => setFinding(true)}>
              {view.claim(other() ?? ('' as ClaimId))?.statement ||
                'Choose the claim that takes its place'}
            </button>
          }
        >
          <Finder
            label="The claim that takes its place"
            placeholder="Search claims"
            items={view
              .records(claimRecords)
              .filter(({ id }) => id !== props.claim.id)
              .map(({ id, statement }) => ({ id, label: statement || 'A claim without words' }))}
            onChoose={id => {
              setOther(id)
              setFinding(false)
            }}
            onClose={() => setFinding(false)}
          />
        </Show>
      </Show>
      <label for={`${id}-date`}>As of</label>
      <input
        id={`${id}-date`}
        ref={date}
        class="input"
        placeholder="2026-02-03; empty where unknown"
        maxlength={100}
      />
      <Missing words={missing()} />
      <div class="panel-row">
        <button type="submit" class="button primary small">
          {step().label}
        </button>
        <button type="button" class="button quiet small" onClick={() => props.onDone()}>
          Cancel
        </button>
      </div>
    </form>
  )
}
