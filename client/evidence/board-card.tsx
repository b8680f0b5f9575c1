/** One pending claim: how old it is, what would settle it, who sees to that, what hangs on it, and how it is settled. */
import { createMemo, createSignal, For, Show } from 'solid-js'
import type { Analysts } from '#client/evidence/analysts.ts'
import { Chaser } from '#client/evidence/claim-events.tsx'
import { originLine } from '#client/evidence/claim-line.tsx'
import { Grade, Status } from '#client/evidence/chips.tsx'
import { Paragraph } from '#client/evidence/fields.tsx'
import { StatusForm, STEPS, type StepStatus } from '#client/evidence/status-form.tsx'
import type { EvidenceViewProps } from '#client/evidence/views.ts'
import { useNegotiation } from '#client/live/negotiation.ts'
import { daysOld } from '#client/matrix/cell-support.tsx'
import { gradeOf, type Claim } from '#shared/claims.ts'
import { claimRecords } from '#shared/document/claims.ts'
import { daysSince, dateOfClaim } from '#shared/evidence/support.ts'
import type { ClaimId } from '#shared/ids.ts'

const OFFERED: ReadonlySet<StepStatus> = new Set(['confirmed', 'denied', 'superseded', 'withdrawn'])

interface Props extends EvidenceViewProps {
  readonly id: ClaimId
  readonly analysts: Analysts
  /** Whether somebody writes here what becomes of it. */
  readonly onOpen: (isOpen: boolean) => void
}

export const BoardCard = (props: Props) => {
  const { act, mayEdit, view } = useNegotiation()
  const { id } = props
  const [step, setStep] = createSignal<StepStatus>()
  const begin = (status: StepStatus): void => {
    props.onOpen(true)
    setStep(status)
  }
  const end = (): void => {
    setStep(undefined)
    props.onOpen(false)
  }
  const claim = createMemo(() => view.claim(id))
  const source = () => {
    const of = claim()?.sourceId
    return of ? view.source(of) : undefined
  }
  const cells = createMemo(() =>
    view.cellsOf(id).filter(at => view.issue(at.issueId) && view.party(at.partyId)),
  )
  const set = (label: string, values: Partial<Omit<Claim, 'id'>>): void =>
    void act(label, doc => claimRecords.set(doc, id, values))
  const age = (of: Claim): string => {
    const at = dateOfClaim(of)
    return at === undefined ? 'No date' : upperFirst(daysOld(daysSince(at, Date.now())))
  }
  return (
    <Show when={claim()}>
      {is => (
        <li class="board-card">
          <div class="board-claim">
            <p class="evidence-note">
              {age(is())} · <Status status={is().status} />
            </p>
            <p class="board-statement">
              <Grade grade={gradeOf(is(), source())} />
              <button
                type="button"
                class="evidence-link"
                data-tip="Open the claim"
                onClick={() => props.address.toClaim(id)}
              >
                <span dir="auto">{is().statement || 'A claim without words'}</span>
              </button>
            </p>
            <p class="evidence-note" dir="auto">
              {originLine(is(), source()?.title)}
            </p>
            <Show when={cells().length > 0} fallback={<p class="evidence-note">In no cell</p>}>
              <ul class="board-cells" aria-label="Cells that hang on it">
                <For each={cells()}>
                  {at => (
                    <li>
                      <button
                        type="button"
                        class="evidence-link"
                        data-tip="Go to this cell"
                        onClick={() => props.jump(at.issueId, at.partyId)}
                      >
                        <span>
                          <bdi>{view.issue(at.issueId)?.title || 'Untitled issue'}</bdi> ·{' '}
                          <bdi>{view.party(at.partyId)?.name || 'Unnamed party'}</bdi>
                        </span>
                      </button>
                    </li>
                  )}
                </For>
              </ul>
            </Show>
          </div>
          <div class="board-chase">
            <Paragraph
              label="Would settle it"
              value={is().wouldSettle}
              placeholder="A second origin, a statement by name"
              disabled={!mayEdit()}
              onWrite={wouldSettle => set('say what would settle it', { wouldSettle })}
            />
            <Chaser claim={is()} analysts={props.analysts} set={set} />
            <Show when={mayEdit()}>
              <Show
                when={step()}
                keyed
                fallback={
                  <div class="panel-row">
                    <For each={STEPS.filter(({ status }) => OFFERED.has(status))}>
                      {({ label, status }) => (
                        <button type="button" class="button small" onClick={() => begin(status)}>
                          {label}
                        </button>
                      )}
                    </For>
                  </div>
                }
              >
                {status => <StatusForm claim={is()} status={status} onDone={end} />}
              </Show>
            </Show>
          </div>
        </li>
      )}
    </Show>
  )
}

const upperFirst = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`
