/** One source: what it is, how far it can be trusted, and its words. */
import { createMemo, createSignal, Show } from 'solid-js'
import { CompartmentWay } from '#client/compartments/mark.tsx'
import type { EvidenceAddress } from '#client/evidence/address.ts'
import { createAnalysts } from '#client/evidence/analysts.ts'
import { ClaimLine } from '#client/evidence/claim-line.tsx'
import { DateLine, Labelled } from '#client/evidence/fields.tsx'
import { Grading } from '#client/evidence/grading.tsx'
import { createEvidence } from '#client/evidence/known.ts'
import { PersonField } from '#client/evidence/person-field.tsx'
import { SourceChain } from '#client/evidence/source-chain.tsx'
import { SourceText } from '#client/evidence/source-text.tsx'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Choice } from '#client/matrix/panel/choice.tsx'
import { Line } from '#client/matrix/panel/line.tsx'
import { offerUndo } from '#client/matrix/undo-offer.ts'
import { Each } from '#client/ui/each.tsx'
import { Icon } from '#client/ui/icon.tsx'
import { claimRecords } from '#shared/document/claims.ts'
import { excerptRecords, sourceRecords } from '#shared/document/sources.ts'
import type { SourceId } from '#shared/ids.ts'
import { linkOf } from '#shared/links.ts'
import { SOURCE_KIND_LABELS, SOURCE_KINDS, type Source } from '#shared/sources.ts'

interface Props {
  readonly id: SourceId
  readonly address: EvidenceAddress
}

export const SourcePage = (props: Props) => {
  const negotiation = useNegotiation()
  const { act, mayEdit, view } = negotiation
  const { id } = props
  const evidence = createEvidence()
  const analysts = createAnalysts()
  const source = createMemo(() => view.source(id))
  const claims = createMemo(() =>
    view.records(claimRecords).filter(claim => evidence().sourcesOf(claim).includes(id)),
  )
  /** Nothing was made of it and nothing was seen through it. */
  const isFree = createMemo(
    () =>
      claims().length === 0 &&
      evidence().seenThrough(id).length === 0 &&
      view.records(excerptRecords).every(({ sourceId }) => sourceId !== id),
  )
  const remove = (): void => {
    act('remove a source', doc => sourceRecords.remove(doc, id))
    offerUndo(negotiation, 'Removed a source', () => void negotiation.undo())
  }
  const disabled = (): boolean => !mayEdit()
  const set = (label: string, values: Partial<Omit<Source, 'id'>>): void =>
    void act(label, doc => sourceRecords.set(doc, id, values))
  const [title, setTitle] = createSignal<HTMLInputElement>()
  // A new source is named first.
  queueMicrotask(() => source()?.title === '' && mayEdit() && title()?.focus())
  return (
    <Show when={source()}>
      {is => (
        <article class="evidence-article" aria-label={is().title || 'Untitled source'}>
          <h2 class="unseen">Source</h2>
          <Line
            label="Title of the source"
            large
            ref={setTitle}
            value={is().title}
            placeholder="Untitled source"
            disabled={disabled()}
            onWrite={title => set('name a source', { title })}
          />
          <div class="evidence-columns">
            <div class="evidence-main">
              <SourceText source={is()} address={props.address} />
              <section class="panel-section">
                <h3>Claims made of it</h3>
                <ul class="evidence-lines">
                  <Each of={claims()}>
                    {claim => (
                      <ClaimLine claim={claim()} onOpen={() => props.address.toClaim(claim().id)} />
                    )}
                  </Each>
                </ul>
                <Show when={claims().length === 0}>
                  <p class="field-none">None yet.</p>
                </Show>
              </section>
            </div>
            <div class="evidence-side">
              <section class="panel-section">
                <h3>What it is</h3>
                <Line
                  label="From"
                  labelled
                  value={is().author}
                  placeholder={disabled() ? '' : 'Outlet, office or person'}
                  disabled={disabled()}
                  onWrite={author => set('say who a source is from', { author })}
                />
                <PersonField
                  label="Person"
                  value={is().personId}
                  onChoose={personId => set('say who a source is', { personId })}
                />
                <Choice
                  label="Kind"
                  values={SOURCE_KINDS}
                  labels={SOURCE_KIND_LABELS}
                  value={is().kind}
                  disabled={disabled()}
                  onChoose={kind => kind && set('set a source’s kind', { kind })}
                />
                <Line
                  label="Language"
                  labelled
                  value={is().language}
                  placeholder={disabled() ? '' : 'such as fa, ar, tr, he'}
                  disabled={disabled()}
                  onWrite={language => set('set a source’s language', { language })}
                />
                <DateLine
                  label="Published"
                  value={is().publishedAt}
                  disabled={disabled()}
                  onWrite={publishedAt => set('date a source', { publishedAt })}
                />
                <DateLine
                  label="Seen by us"
                  value={is().seenAt}
                  disabled={disabled()}
                  onWrite={seenAt => set('date a source', { seenAt })}
                />
                <Line
                  label="Address"
                  labelled
                  value={is().address}
                  disabled={disabled()}
                  placeholder={disabled() ? '' : 'https://…'}
                  onWrite={address => set('set a source’s address', { address })}
                />
                <Show when={linkOf(is().address)}>
                  {href => (
                    <Labelled label="">
                      <a href={href()} target="_blank" rel="noopener noreferrer">
                        {href().startsWith('mailto:') ? 'Write to it' : 'Open it in a new tab'}{' '}
                        <Icon name="link" />
                      </a>
                    </Labelled>
                  )}
                </Show>
              </section>
              <SourceChain source={is()} evidence={evidence()} address={props.address} />
              <Grading
                about="source"
                subjectId={id}
                grade={is().reliability}
                reason={is().reliabilityReason}
                analysts={analysts}
              />
              <CompartmentWay of={sourceRecords} id={id} kind="source" called={is().title} />
              <Show when={mayEdit() && isFree()}>
                <button type="button" class="button small danger evidence-remove" onClick={remove}>
                  Remove this source
                </button>
              </Show>
            </div>
          </div>
        </article>
      )}
    </Show>
  )
}
