/** How a source or a claim is graded: by each analyst, by the team, and by whom and why before that. */
import { createMemo, createSignal, createUniqueId, For, Show } from 'solid-js'
import type { Analysts } from '#client/evidence/analysts.ts'
import { Grade, meaningOf } from '#client/evidence/chips.tsx'
import { Missing, Needed } from '#client/evidence/fields.tsx'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Choice } from '#client/matrix/panel/choice.tsx'
import { Icon } from '#client/ui/icon.tsx'
import { dateOf, exactly } from '#client/ui/when.ts'
import { CREDIBILITIES, CREDIBILITY_LABELS, type Credibility } from '#shared/claims.ts'
import { judge, settleGrade } from '#shared/document/evidence.ts'
import { judgementRecords } from '#shared/document/sources.ts'
import { gradesOf } from '#shared/evidence/grades.ts'
import { newId, type AccountId } from '#shared/ids.ts'
import { RELIABILITIES, RELIABILITY_LABELS, type Judgement } from '#shared/sources.ts'

interface Props {
  readonly about: Judgement['about']
  readonly subjectId: string
  /** The team's value. */
  readonly grade: string
  readonly reason: string
  readonly analysts: Analysts
  /** Why a grade cannot be given, in words; null where it can. */
  readonly refusalOf?: (grade: string) => string | null
}

const MARKS = { source: RELIABILITIES, claim: CREDIBILITIES.map(String) }
const HINTS: Readonly<Record<string, string>> = { ...RELIABILITY_LABELS, ...CREDIBILITY_LABELS }

export const Grading = (props: Props) => {
  const { mayEdit, view } = useNegotiation()
  const [isGrading, setGrading] = createSignal(false)
  const grades = createMemo(() =>
    gradesOf(view.records(judgementRecords), props.about, props.subjectId, props.grade),
  )
  return (
    <section class="panel-section grading">
      <h3>{props.about === 'source' ? 'Reliability' : 'Credibility'}</h3>
      <dl class="grades">
        <div>
          <dt>Team</dt>
          <dd>
            <Grade grade={props.grade} /> {meaningOf(props.grade)}
            <Show when={grades().team?.reason || props.reason}>
              <p class="grade-reason" dir="auto">
                {grades().team?.reason || props.reason}
              </p>
            </Show>
          </dd>
        </div>
        <For each={grades().analysts}>
          {judgement => (
            <div>
              <dt dir="auto">{props.analysts.nameOf(judgement.by)}</dt>
              <dd>
                <Grade grade={judgement.grade} /> {meaningOf(judgement.grade)}
                <Show when={judgement.reason}>
                  <p class="grade-reason" dir="auto">
                    {judgement.reason}
                  </p>
                </Show>
              </dd>
            </div>
          )}
        </For>
      </dl>
      <Show when={grades().isDisputed}>
        <p class="evidence-note warning" role="note">
          The analysts do not agree. All their grades stay; the team’s is settled apart from them.
        </p>
      </Show>
      <Show when={props.refusalOf?.(props.grade)}>
        {why => (
          <p class="evidence-note warning" role="note">
            {why()}
          </p>
        )}
      </Show>
      <Show when={mayEdit()}>
        <Show
          when={isGrading()}
          fallback={
            <button type="button" class="add" onClick={() => setGrading(true)}>
              <Icon name="plus" /> Grade it
            </button>
          }
        >
          <GradeForm {...props} onDone={() => setGrading(false)} />
        </Show>
      </Show>
      <Show when={grades().history.length > 0}>
        <details class="grade-history">
          <summary>
            {grades().history.length === 1 ? 'One grade' : `${grades().history.length} grades`} so
            far
          </summary>
          <ol>
            <For each={grades().history.toReversed()}>
              {({ at, by, grade, isTeam, reason }) => (
                <li>
                  <Grade grade={grade} />
                  <span>
                    <span dir="auto">{props.analysts.nameOf(by)}</span>
                    {isTeam ? ' for the team' : ''}, <time title={exactly(at)}>{dateOf(at)}</time>
                    <Show when={reason}>
                      <span class="grade-reason" dir="auto">
                        {reason}
                      </span>
                    </Show>
                  </span>
                </li>
              )}
            </For>
          </ol>
        </details>
      </Show>
    </section>
  )
}

const GradeForm = (props: Props & { readonly onDone: () => void }) => {
  const { act, me } = useNegotiation()
  const id = createUniqueId()
  const [grade, setGrade] = createSignal<string>(props.grade)
  const [missing, setMissing] = createSignal<string>()
  let reason: HTMLTextAreaElement | undefined
  const refusal = () => props.refusalOf?.(grade()) ?? null
  const record = (isTeam: boolean): void => {
    if (refusal()) return
    const why = reason?.value.trim() ?? ''
    if (why === '') {
      setMissing('Say why: a grade without a reason cannot be weighed later.')
      reason?.focus()
      return
    }
    const judgement = {
      id: newId<Judgement['id']>(),
      about: props.about,
      subjectId: props.subjectId,
      grade: grade(),
      reason: why,
      by: me.id as AccountId,
      at: Date.now(),
    }
    if (isTeam) act('settle a grade', doc => settleGrade(doc, judgement))
    else act('grade for myself', doc => judge(doc, judgement))
    props.onDone()
  }
  const labels = () => Object.fromEntries(MARKS[props.about].map(mark => [mark, mark]))
  return (
    <form
      class="grade-form"
      noValidate
      onSubmit={event => {
        event.preventDefault()
        record(false)
      }}
    >
      <Choice
        label="Grade"
        values={MARKS[props.about]}
        labels={labels()}
        hints={HINTS}
        value={grade()}
        disabled={false}
        onChoose={mark => mark && setGrade(mark)}
      />
      <p class="evidence-note">{meaningOf(grade())}</p>
      <Show when={refusal()}>
        {why => (
          <p class="evidence-note warning" role="alert">
            {why()}{' '}
            <Show when={grade() === ('1' satisfies `${Credibility}`)}>
              <button type="button" class="evidence-inline" onClick={() => setGrade('2')}>
                Take 2
              </button>
            </Show>
          </p>
        )}
      </Show>
      <label for={id}>
        Reason for the grade
        <Needed />
      </label>
      <textarea
        id={id}
        ref={reason}
        class="input"
        rows={2}
        dir="auto"
        required
        maxlength={2_000}
        onKeyDown={event => {
          event.stopPropagation()
          if (event.key === 'Escape') props.onDone()
        }}
      />
      <Missing words={missing()} />
      <div class="panel-row">
        <button type="submit" class="button primary small" disabled={refusal() !== null}>
          Record as mine
        </button>
        <button
          type="button"
          class="button small"
          disabled={refusal() !== null}
          onClick={() => record(true)}
        >
          Settle for the team
        </button>
        <button type="button" class="button quiet small" onClick={() => props.onDone()}>
          Cancel
        </button>
      </div>
    </form>
  )
}
