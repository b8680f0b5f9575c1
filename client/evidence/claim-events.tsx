/** What became of a claim, step by step, and what can become of it next. */
import { createMemo, createSignal, For, Show } from 'solid-js'
import type { EvidenceAddress } from '#client/evidence/address.ts'
import type { Analysts } from '#client/evidence/analysts.ts'
import { Status } from '#client/evidence/chips.tsx'
import { Labelled, Paragraph } from '#client/evidence/fields.tsx'
import { StatusForm, STEPS, type StepStatus } from '#client/evidence/status-form.tsx'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Each } from '#client/ui/each.tsx'
import { Icon } from '#client/ui/icon.tsx'
import { MenuButton, type MenuEntry } from '#client/ui/menu.tsx'
import { dateOf, exactly } from '#client/ui/when.ts'
import { calendarWords } from '#shared/calendar-words.ts'
import type { Claim } from '#shared/claims.ts'
import { claimEventRecords, claimRecords } from '#shared/document/claims.ts'
import { inOrder, standingEvent } from '#shared/evidence/became.ts'
import type { ClaimId } from '#shared/ids.ts'

interface Props {
  readonly claim: Claim
  readonly analysts: Analysts
  readonly address: EvidenceAddress
  readonly set: (label: string, values: Partial<Omit<Claim, 'id'>>) => void
}

export const ClaimEvents = (props: Props) => {
  const { mayEdit, view } = useNegotiation()
  const [step, setStep] = createSignal<StepStatus>()
  const events = createMemo(() =>
    inOrder(view.records(claimEventRecords).filter(({ claimId }) => claimId === props.claim.id)),
  )
  const standing = createMemo(() => standingEvent(events(), props.claim.status)?.id)
  /** What was written at the same time and lost stays in the list, which alone would not say what counts. */
  const isOverruled = (): boolean => events().at(-1)?.id !== standing()
  const denials = createMemo(() =>
    view.records(claimRecords).filter(({ deniesClaimId }) => deniesClaimId === props.claim.id),
  )
  const next = (): readonly MenuEntry[] =>
    STEPS.filter(({ status }) => status !== props.claim.status).map(({ label, status }) => ({
      label,
      run: () => setStep(status),
    }))
  return (
    <section class="panel-section">
      <h3>What became of it</h3>
      <Show when={props.claim.deniesClaimId}>
        {denied => (
          <p>
            Denies: <ClaimLink id={denied()} address={props.address} />
          </p>
        )}
      </Show>
      <ol class="claim-events">
        <Each of={events()}>
          {event => (
            <li aria-current={event().id === standing() ? 'step' : undefined}>
              <p>
                <Status status={event().status} />{' '}
                <Show when={isOverruled() && event().id === standing()}>
                  <span>this is what counts</span>{' '}
                </Show>
                <Show when={event().date}>
                  <span>as of {calendarWords(event().date)}</span>
                </Show>
              </p>
              <Show when={event().reason}>
                <p dir="auto">{event().reason}</p>
              </Show>
              <Show when={event().otherClaimId}>
                {other => <ClaimLink id={other()} address={props.address} />}
              </Show>
              <p class="evidence-note">
                <span dir="auto">{props.analysts.nameOf(event().by)}</span>,{' '}
                <time title={exactly(event().at)}>{dateOf(event().at)}</time>
              </p>
            </li>
          )}
        </Each>
      </ol>
      <Show when={events().length === 0}>
        <p class="field-none">Reported, and nothing since.</p>
      </Show>
      <For
        each={denials().filter(
          ({ id }) => !events().some(({ otherClaimId }) => otherClaimId === id),
        )}
      >
        {({ id }) => (
          <p>
            Denied by: <ClaimLink id={id} address={props.address} />
          </p>
        )}
      </For>
      <Show when={mayEdit()}>
        <Show
          when={step()}
          keyed
          fallback={
            <div class="panel-row claim-steps">
              <Show when={props.claim.status !== 'confirmed'}>
                <button type="button" class="button small" onClick={() => setStep('confirmed')}>
                  Confirm
                </button>
              </Show>
              <Show when={props.claim.status !== 'denied'}>
                <button type="button" class="button small" onClick={() => setStep('denied')}>
                  Deny
                </button>
              </Show>
              <MenuButton class="button small" label="More that became of it" entries={next}>
                More <Icon name="down" />
              </MenuButton>
            </div>
          }
        >
          {status => (
            <StatusForm claim={props.claim} status={status} onDone={() => setStep(undefined)} />
          )}
        </Show>
      </Show>
      <Paragraph
        label="Would settle it"
        value={props.claim.wouldSettle}
        placeholder="such as a second origin"
        disabled={!mayEdit()}
        onWrite={wouldSettle => props.set('say what would settle it', { wouldSettle })}
      />
      <Chaser {...props} />
    </section>
  )
}

export const Chaser = (props: Pick<Props, 'analysts' | 'claim' | 'set'>) => {
  const { mayEdit } = useNegotiation()
  const words = (): string =>
    props.claim.chasedBy === null
      ? 'Nobody'
      : props.analysts.isMe(props.claim.chasedBy)
        ? 'Me'
        : props.analysts.nameOf(props.claim.chasedBy)
  const entries = (): readonly MenuEntry[] => [
    ...props.analysts.all().map(({ id, name }) => ({
      label: props.analysts.isMe(id) ? `${name} (me)` : name,
      checked: props.claim.chasedBy === id,
      run: () => props.set('say who chases a claim', { chasedBy: id }),
    })),
    null,
    {
      label: 'Nobody',
      checked: props.claim.chasedBy === null,
      run: () => props.set('say who chases a claim', { chasedBy: null }),
    },
  ]
  return (
    <Labelled label="Chased by">
      <Show when={mayEdit()} fallback={<span dir="auto">{words()}</span>}>
        <MenuButton
          class="button small"
          label={`${words()}: who chases this claim`}
          entries={entries}
        >
          <span dir="auto">{words()}</span>
          <Icon name="down" />
        </MenuButton>
      </Show>
    </Labelled>
  )
}

const ClaimLink = (props: { readonly id: ClaimId; readonly address: EvidenceAddress }) => {
  const { view } = useNegotiation()
  return (
    <Show when={view.claim(props.id)} fallback={<span class="field-none">a removed claim</span>}>
      {claim => (
        <button
          type="button"
          class="evidence-link"
          onClick={() => props.address.toClaim(claim().id)}
        >
          <span dir="auto">{claim().statement || 'A claim without words'}</span>
        </button>
      )}
    </Show>
  )
}
