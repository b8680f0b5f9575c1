/** Through whom a source was seen, back to where the chain begins, and who was seen through it. */
import { createMemo, createSignal, For, Show } from 'solid-js'
import type { EvidenceAddress } from '#client/evidence/address.ts'
import { Grade } from '#client/evidence/chips.tsx'
import { Finder, type Findable } from '#client/ui/finder.tsx'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Icon } from '#client/ui/icon.tsx'
import { sourceRecords } from '#shared/document/sources.ts'
import type { Evidence } from '#shared/evidence/origins.ts'
import type { SourceId } from '#shared/ids.ts'
import type { Source } from '#shared/sources.ts'

interface Props {
  readonly source: Source
  readonly evidence: Evidence
  readonly address: EvidenceAddress
}

export const SourceChain = (props: Props) => {
  const { act, mayEdit, view } = useNegotiation()
  const [finding, setFinding] = createSignal(false)
  const chain = () => props.evidence.chainOf(props.source.id)
  const through = () => props.evidence.seenThrough(props.source.id)
  const isBroken = (): boolean => {
    const last = chain().at(-1) ?? props.source
    return last.viaSourceId !== null
  }
  /** Not what was itself seen through this one: a chain has to end somewhere. */
  const others = createMemo((): readonly Findable<SourceId>[] => {
    if (!finding()) return []
    const through = props.evidence.allThrough(props.source.id)
    return view
      .records(sourceRecords)
      .filter(({ id }) => !through.has(id))
      .map(({ author, id, title }) => ({ id, label: title || 'Untitled source', note: author }))
  })
  const set = (viaSourceId: SourceId | null): void => {
    setFinding(false)
    const { id } = props.source
    act('set through whom a source was seen', doc => sourceRecords.set(doc, id, { viaSourceId }))
  }
  return (
    <section class="panel-section">
      <h3>Seen through</h3>
      <Show when={chain().length > 0} fallback={<p class="field-none">Seen directly.</p>}>
        <ol class="evidence-chain">
          <For each={chain()}>
            {source => <Link source={source} onOpen={() => props.address.toSource(source.id)} />}
          </For>
        </ol>
      </Show>
      <Show when={isBroken()}>
        <p class="evidence-note warning" role="note">
          Where this chain leads is not known, so independence is not established.
        </p>
      </Show>
      <Show when={through().length > 0}>
        <h4>Through this one</h4>
        <ul class="evidence-chain">
          <For each={through()}>
            {source => <Link source={source} onOpen={() => props.address.toSource(source.id)} />}
          </For>
        </ul>
      </Show>
      <Show when={mayEdit()}>
        <Show
          when={finding()}
          fallback={
            <div class="panel-row">
              <button type="button" class="add" onClick={() => setFinding(true)}>
                <Icon name="link" /> Seen through another source
              </button>
              <Show when={props.source.viaSourceId !== null}>
                <button type="button" class="add" onClick={() => set(null)}>
                  <Icon name="close" /> Seen directly
                </button>
              </Show>
            </div>
          }
        >
          <Finder
            label="The source that this one was seen through"
            placeholder="Search sources"
            items={others()}
            onChoose={set}
            onClose={() => setFinding(false)}
          />
        </Show>
      </Show>
    </section>
  )
}

const Link = (props: { readonly source: Source; readonly onOpen: () => void }) => (
  <li>
    <button type="button" class="evidence-link" onClick={() => props.onOpen()}>
      <Grade grade={props.source.reliability} />
      <span dir="auto">{props.source.title || 'Untitled source'}</span>
    </button>
  </li>
)
