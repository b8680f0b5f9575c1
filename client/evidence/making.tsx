/** What is made of selected words: a new claim, or support for one that is there. */
import { createSignal, createUniqueId } from 'solid-js'
import type { EvidenceAddress } from '#client/evidence/address.ts'
import { DateLine, Missing } from '#client/evidence/fields.tsx'
import { Finder } from '#client/ui/finder.tsx'
import { useNegotiation, type Negotiation } from '#client/live/negotiation.ts'
import { Choice } from '#client/matrix/panel/choice.tsx'
import { Line } from '#client/matrix/panel/line.tsx'
import { Dialog } from '#client/ui/dialog.tsx'
import { notify } from '#client/ui/toaster.tsx'
import { isoDayOf } from '#client/ui/when.ts'
import { ATTRIBUTION_LABELS, ATTRIBUTIONS, type Attribution } from '#shared/claims.ts'
import { claimRecords } from '#shared/document/claims.ts'
import { cite, claimFrom } from '#shared/document/evidence.ts'
import { newId, type ClaimId } from '#shared/ids.ts'
import type { Excerpt, Source } from '#shared/sources.ts'

type Doc = Negotiation['doc']

interface Props {
  readonly words: string
  readonly source: Source
  /** Puts the excerpt into the document, if it is not there yet. */
  readonly put: (doc: Doc) => Pick<Excerpt, 'id' | 'sourceId'>
  /** What has become of the words meanwhile. */
  readonly warning: string | undefined
  readonly address: EvidenceAddress
  readonly onClose: () => void
}

const LONGEST_PROPOSAL = 300

export const ClaimDialog = (props: Props) => {
  const { act } = useNegotiation()
  const id = createUniqueId()
  const [attribution, setAttribution] = createSignal<Attribution>('media_report')
  const [speaker, setSpeaker] = createSignal('')
  const [capacity, setCapacity] = createSignal('')
  const [saidAt, setSaidAt] = createSignal('')
  let statement: HTMLTextAreaElement | undefined
  let hedges: HTMLInputElement | undefined
  const make = (event: Event): void => {
    event.preventDefault()
    const words = statement?.value.trim() ?? ''
    if (words === '') return statement?.focus()
    const claimId = newId<ClaimId>()
    const { language, seenAt } = props.source
    act('make a claim of words', doc =>
      claimFrom(
        doc,
        {
          id: claimId,
          statement: words,
          attribution: attribution(),
          hedges: hedges?.value.trim() ?? '',
          original: props.words,
          language,
          speaker: speaker(),
          capacity: capacity(),
          saidAt: saidAt(),
          learnedAt: seenAt || isoDayOf(Date.now()),
        },
        props.put(doc),
        newId(),
      ),
    )
    props.onClose()
    notify({
      text: 'Made a claim.',
      action: { label: 'Open it', run: () => props.address.toClaim(claimId) },
    })
  }
  return (
    <Dialog open title="Make a claim" wide onClose={() => props.onClose()}>
      <form class="making" onSubmit={make}>
        <blockquote class="making-words" dir="auto" lang={props.source.language || undefined}>
          {props.words}
        </blockquote>
        <Missing words={props.warning} />
        <label for={id}>What is claimed, in your own words</label>
        <textarea
          id={id}
          ref={element => {
            statement = element
            queueMicrotask(() => element.select())
          }}
          class="input"
          rows={3}
          dir="auto"
          maxlength={4_000}
          value={props.words.slice(0, LONGEST_PROPOSAL).toWellFormed()}
          onKeyDown={event => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) make(event)
          }}
        />
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
          label="As"
          labelled
          value={capacity()}
          placeholder="such as “for the negotiating team”"
          disabled={false}
          onWrite={setCapacity}
        />
        <DateLine
          label="Said"
          value={saidAt()}
          placeholder={props.source.publishedAt && `published ${props.source.publishedAt}`}
          disabled={false}
          onWrite={setSaidAt}
        />
        <label for={`${id}-hedges`}>Hedging words that belong to it</label>
        <input
          id={`${id}-hedges`}
          ref={hedges}
          class="input"
          dir="auto"
          placeholder="such as “reportedly, expected”"
          maxlength={1_000}
        />
        <div class="panel-row">
          <button type="submit" class="button primary">
            Make the claim
          </button>
          <button type="button" class="button quiet" onClick={() => props.onClose()}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  )
}

export const CiteDialog = (props: Props) => {
  const { act, view } = useNegotiation()
  const choose = (claimId: ClaimId): void => {
    act('cite words for a claim', doc => cite(doc, newId(), claimId, props.put(doc).id))
    props.onClose()
    notify({
      text: 'Cited for the claim.',
      action: { label: 'Open it', run: () => props.address.toClaim(claimId) },
    })
  }
  return (
    <Dialog open title="Cite for a claim" wide onClose={() => props.onClose()}>
      <blockquote class="making-words" dir="auto" lang={props.source.language || undefined}>
        {props.words}
      </blockquote>
      <Missing words={props.warning} />
      <Finder
        label="The claim that these words support"
        placeholder="Search claims"
        items={view
          .records(claimRecords)
          .map(({ id, statement }) => ({ id, label: statement || 'A claim without words' }))}
        onChoose={choose}
        onClose={() => props.onClose()}
      />
    </Dialog>
  )
}
