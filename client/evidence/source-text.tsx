/** The text of a source: taken in, read, and made into excerpts and claims. */
import { createEffect, createMemo, createSignal, Match, Show, Switch } from 'solid-js'
import { wordsOf } from '#client/api.ts'
import type { EvidenceAddress } from '#client/evidence/address.ts'
import { ExcerptList } from '#client/evidence/excerpt-list.tsx'
import { CiteDialog, ClaimDialog } from '#client/evidence/making.tsx'
import type { Marked } from '#client/evidence/reader/blocks.ts'
import { Reader, type Deed } from '#client/evidence/reader/reader.tsx'
import { TakeIn } from '#client/evidence/take-in.tsx'
import { readText } from '#client/evidence/texts.ts'
import { createAsked } from '#client/history/asked.ts'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Icon } from '#client/ui/icon.tsx'
import { dateOf, exactly } from '#client/ui/when.ts'
import { excerptRecords, sourceRecords } from '#shared/document/sources.ts'
import { anchor, findExcerpt, type Anchor, type Span } from '#shared/evidence/anchor.ts'
import { newId, type ExcerptId, type TextHash } from '#shared/ids.ts'
import type { Source } from '#shared/sources.ts'
import type { TextTaken } from '#shared/text-api.ts'

interface Props {
  readonly source: Source
  readonly address: EvidenceAddress
}

export const SourceText = (props: Props) => {
  const negotiation = useNegotiation()
  const { act, mayEdit, trackerId, view } = negotiation
  const [isReplacing, setReplacing] = createSignal(false)
  const [making, setMaking] = createSignal<{ readonly deed: Deed; readonly words: Anchor }>()
  const asked = createAsked(
    () => props.source.textHash ?? undefined,
    hash => readText(trackerId, hash),
  )
  const text = createMemo(() => {
    const latest = asked.latest()
    return latest?.hash === props.source.textHash ? latest : undefined
  })
  const excerpts = createMemo(() =>
    view.records(excerptRecords).filter(({ sourceId }) => sourceId === props.source.id),
  )
  const marks = createMemo((): readonly Marked[] => {
    const words = text()?.text
    if (words === undefined) return []
    return excerpts()
      .flatMap(excerpt => {
        const span = findExcerpt(words, excerpt)
        return span ? [{ id: excerpt.id, ...span }] : []
      })
      .sort((a, b) => a.start - b.start)
  })
  const current = createMemo(() => props.address.place().excerpt)
  const choose = (id: ExcerptId): void => props.address.toSource(props.source.id, id)

  const take = ({ hash, name }: TextTaken): void => {
    const { id, title } = props.source
    const named = title === '' ? name.replace(/\.\w+$/, '') : title
    act('take in the text of a source', doc =>
      sourceRecords.set(doc, id, { textHash: hash as TextHash, title: named }),
    )
    setReplacing(false)
  }
  /** The excerpt of just these words that there is, or a new one's id and what it says. */
  const excerptOf = (words: Anchor) => {
    const known = marks().find(({ end, start }) => start === words.start && end === words.end)
    return { id: known?.id ?? newId<ExcerptId>(), sourceId: props.source.id, isNew: !known }
  }
  const put = (doc: Parameters<Parameters<typeof act>[1]>[0], words: Anchor) => {
    const excerpt = excerptOf(words)
    const { textHash } = props.source
    if (excerpt.isNew)
      excerptRecords.put(doc, excerpt.id, { ...words, sourceId: excerpt.sourceId, textHash })
    return excerpt
  }
  const make = (deed: Deed, { end, start }: Span): void => {
    const words = anchor(text()?.text ?? '', start, end)
    if (!words) return
    if (deed === 'excerpt') act('make an excerpt', doc => put(doc, words))
    else setMaking({ deed, words })
  }
  // What is made of words that are no longer the source's would rest on nothing.
  createEffect(() => {
    if (!text()) setMaking(undefined)
  })
  return (
    <>
      <section class="panel-section source-text">
        <div class="source-text-head">
          <h3>Its text</h3>
          <Show when={text()}>
            {is => (
              <p class="evidence-note">
                <span dir="auto">{is().name || 'pasted'}</span>, taken in by{' '}
                <span dir="auto">{is().by.name}</span>{' '}
                <time title={exactly(is().at)}>{dateOf(is().at)}</time>
                {is().redactedAt === null ? '' : '; words of it were redacted'}
              </p>
            )}
          </Show>
          <Show when={text() && mayEdit() && !isReplacing()}>
            <button type="button" class="add" onClick={() => setReplacing(true)}>
              Take in a corrected text
            </button>
          </Show>
        </div>
        <Show when={isReplacing()}>
          <p class="evidence-note">
            The excerpts are looked for in the corrected text by their words; the text of before is
            kept.
          </p>
          <TakeIn onTaken={take} onCancel={() => setReplacing(false)} />
        </Show>
        <Switch>
          <Match when={props.source.textHash === null}>
            <Show when={mayEdit()} fallback={<p class="field-none">No text was taken in.</p>}>
              <TakeIn onTaken={take} />
            </Show>
          </Match>
          <Match when={text()}>
            {is => (
              <Reader
                label={`Text of ${props.source.title || 'an untitled source'}`}
                text={is().text}
                language={props.source.language}
                marks={marks()}
                current={current()}
                onChoose={choose}
                onMake={mayEdit() ? make : undefined}
              />
            )}
          </Match>
          <Match when={asked.failed()}>
            <p class="evidence-note warning" role="alert">
              {wordsOf(asked.failed())}
            </p>
            <div class="panel-row">
              <button type="button" class="button small" onClick={asked.again}>
                Try again
              </button>
              <Show when={mayEdit() && !isReplacing()}>
                <button type="button" class="button small" onClick={() => setReplacing(true)}>
                  <Icon name="plus" /> Take in its text
                </button>
              </Show>
            </div>
          </Match>
          <Match when={true}>
            <p class="field-none" aria-busy="true">
              Loading the text …
            </p>
          </Match>
        </Switch>
      </section>
      <ExcerptList
        source={props.source}
        excerpts={excerpts()}
        marks={text() ? marks() : undefined}
        current={current()}
        onChoose={choose}
        address={props.address}
      />
      <Show when={making()} keyed>
        {({ deed, words }) => {
          const Made = deed === 'claim' ? ClaimDialog : CiteDialog
          return (
            <Made
              words={words.exact}
              source={props.source}
              put={doc => put(doc, words)}
              address={props.address}
              onClose={() => setMaking(undefined)}
            />
          )
        }}
      </Show>
    </>
  )
}
