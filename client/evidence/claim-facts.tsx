/** Who said it, in what capacity, how it is hedged, when, and in which words of which language. */
import { createSignal, Show } from 'solid-js'
import type { EvidenceAddress } from '#client/evidence/address.ts'
import { Grade } from '#client/evidence/chips.tsx'
import { DateLine, Labelled, Paragraph } from '#client/evidence/fields.tsx'
import { Finder } from '#client/ui/finder.tsx'
import { PersonField } from '#client/evidence/person-field.tsx'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Choice } from '#client/matrix/panel/choice.tsx'
import { Line } from '#client/matrix/panel/line.tsx'
import { ATTRIBUTION_LABELS, ATTRIBUTIONS, type Claim } from '#shared/claims.ts'
import { sourceRecords } from '#shared/document/sources.ts'

interface Props {
  readonly claim: Claim
  readonly set: (label: string, values: Partial<Omit<Claim, 'id'>>) => void
  readonly address: EvidenceAddress
}

export const ClaimFacts = (props: Props) => {
  const { mayEdit } = useNegotiation()
  const disabled = (): boolean => !mayEdit()
  const hint = (words: string): string => (disabled() ? '' : words)
  return (
    <section class="panel-section">
      <h3>Who said it, and when</h3>
      <SourceField {...props} />
      <PersonField
        label="Speaker"
        value={props.claim.speakerId}
        onChoose={speakerId => props.set('say who said it', { speakerId })}
      />
      <Show when={props.claim.speakerId === null}>
        <Line
          label="Who said it"
          labelled
          value={props.claim.speaker}
          placeholder={hint('such as “senior officials”')}
          disabled={disabled()}
          onWrite={speaker => props.set('say who said it', { speaker })}
        />
      </Show>
      <Line
        label="As"
        labelled
        value={props.claim.capacity}
        placeholder={hint('such as “for the negotiating team”')}
        disabled={disabled()}
        onWrite={capacity => props.set('say in what capacity', { capacity })}
      />
      <Choice
        label="Attribution"
        values={ATTRIBUTIONS}
        labels={ATTRIBUTION_LABELS}
        value={props.claim.attribution}
        disabled={disabled()}
        onChoose={attribution => attribution && props.set('set the attribution', { attribution })}
      />
      <Line
        label="Hedges"
        labelled
        value={props.claim.hedges}
        placeholder={hint('such as “reportedly, expected”')}
        disabled={disabled()}
        onWrite={hedges => props.set('keep the hedging words', { hedges })}
      />
      <Paragraph
        label="Original"
        value={props.claim.original}
        placeholder="As it was said, in its own language"
        disabled={disabled()}
        onWrite={original => props.set('keep the original words', { original })}
      />
      <Line
        label="Language"
        labelled
        value={props.claim.language}
        placeholder={hint('such as fa, ar, tr, he')}
        disabled={disabled()}
        onWrite={language => props.set('set the language', { language })}
      />
      <DateLine
        label="Said"
        value={props.claim.saidAt}
        disabled={disabled()}
        onWrite={saidAt => props.set('say when it was said', { saidAt })}
      />
      <DateLine
        label="Learned by us"
        value={props.claim.learnedAt}
        disabled={disabled()}
        onWrite={learnedAt => props.set('say when we learned it', { learnedAt })}
      />
    </section>
  )
}

const SourceField = (props: Props) => {
  const { mayEdit, view } = useNegotiation()
  const [finding, setFinding] = createSignal(false)
  const source = () => (props.claim.sourceId ? view.source(props.claim.sourceId) : undefined)
  return (
    <Labelled label="Source">
      <Show
        when={!finding()}
        fallback={
          <Finder
            label="Source of the claim"
            placeholder="Search sources"
            items={view.records(sourceRecords).map(({ author, id, title }) => ({
              id,
              label: title || 'Untitled source',
              note: author,
            }))}
            onChoose={sourceId => {
              setFinding(false)
              props.set('set the source of a claim', { sourceId })
            }}
            onClose={() => setFinding(false)}
          />
        }
      >
        <Show when={source()} fallback={<span class="field-none">none named</span>}>
          {is => (
            <button
              type="button"
              class="evidence-link"
              onClick={() => props.address.toSource(is().id)}
            >
              <Grade grade={is().reliability} />
              <span dir="auto">{is().title || 'Untitled source'}</span>
            </button>
          )}
        </Show>
        <Show when={mayEdit()}>
          <button type="button" class="button quiet small" onClick={() => setFinding(true)}>
            {source() ? 'Change' : 'Choose'}
          </button>
        </Show>
      </Show>
    </Labelled>
  )
}
