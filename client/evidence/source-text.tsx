/** The text of a source: taken in, read, and made into excerpts and claims. */
import { createMemo, createSignal, Match, Show, Switch } from 'solid-js'
import { wordsOf } from '#client/api.ts'
import type { EvidenceAddress } from '#client/evidence/address.ts'
import { ExcerptList } from '#client/evidence/excerpt-list.tsx'
import { CiteDialog, ClaimDialog } from '#client/evidence/making.tsx'
import type { Marked } from '#client/evidence/reader/blocks.ts'
import { Reader, type Deed } from '#client/evidence/reader/reader.tsx'
import { TakeIn } from '#client/evidence/take-in.tsx'
import { readText, type TextsAt } from '#client/evidence/texts.ts'
import { createAsked } from '#client/history/asked.ts'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Icon } from '#client/ui/icon.tsx'
import { dateOf, exactly } from '#client/ui/when.ts'
import { excerptRecords, sourceRecords } from '#shared/document/sources.ts'
import { anchor, findExcerpt, type Anchor, type Span } from '#shared/evidence/anchor.ts'
import { newId, type ExcerptId, type TextHash } from '#shared/ids.ts'
import type { Excerpt, Source } from '#shared/sources.ts'
import type { TextTaken } from '#shared/text-api.ts'

interface Props {
  readonly source: Source
  readonly address: EvidenceAddress
}

interface Making {
  readonly deed: Deed
  readonly words: Anchor
  /** Of the text that the words were selected in. */
  readonly textHash: TextHash | null
}

const isSameAnchor = (a: Anchor, b: Anchor): boolean =>
  a === b ||
  (a.start === b.start && a.exact === b.exact && a.prefix === b.prefix && a.suffix === b.suffix)

export const SourceText = (props: Props) => {
  const negotiation = useNegotiation()
  const { act, compartmentOf, mayEdit, trackerId, view } = negotiation
  const at = (): TextsAt => ({
    trackerId,
    compartment: compartmentOf(sourceRecords, props.source.id)?.id,
  })
  const [isReplacing, setReplacing] = createSignal(false)
  const [making, setMaking] = createSignal<Making>()
  const asked = createAsked(
    () => props.source.textHash ?? undefined,
    hash => readText(at(), hash),
  )
  const text = createMemo(() => {
    const latest = asked.latest()
    return latest?.hash === props.source.textHash ? latest : undefined
  })
  const excerpts = createMemo(() =>
    view.records(excerptRecords).filter(({ sourceId }) => sourceId === props.source.id),
  )
  /** Looked for once in each text, whatever becomes of the other excerpts. */
  const spanOf = createMemo(() => {
    const words = text()?.text
    if (words === undefined) return undefined
    const known = new Map<ExcerptId, { readonly excerpt: Excerpt; readonly span?: Span }>()
    return (excerpt: Excerpt): Span | undefined => {
      const last = known.get(excerpt.id)
      if (last && isSameAnchor(last.excerpt, excerpt)) return last.span
      const span = findExcerpt(words, excerpt)
      known.set(excerpt.id, { excerpt, ...(span && { span }) })
      return span
    }
  })
  const marks = createMemo((): readonly Marked[] => {
    const find = spanOf()
    if (!find) return []
    return excerpts()
      .flatMap(excerpt => {
        const span = find(excerpt)
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
  /** The same words in the text as it is now; undefined where that one has them no longer, or is still on its way. */
  const anew = (words: Anchor): Anchor | undefined => {
    const now = text()?.text
    const span = now === undefined ? undefined : findExcerpt(now, words)
    return span && anchor(now ?? '', span.start, span.end)
  }
  const put = (
    doc: Parameters<Parameters<typeof act>[1]>[0],
    { textHash, words }: Pick<Making, 'textHash' | 'words'>,
  ) => {
    const here = anew(words)
    const excerpt = excerptOf(here ?? words)
    if (excerpt.isNew)
      excerptRecords.put(doc, excerpt.id, {
        ...(here ?? words),
        sourceId: excerpt.sourceId,
        textHash: here ? props.source.textHash : textHash,
      })
    return excerpt
  }
  const make = (deed: Deed, { end, start }: Span): void => {
    const words = anchor(text()?.text ?? '', start, end)
    if (!words) return
    const { textHash } = props.source
    if (deed === 'excerpt') act('make an excerpt', doc => put(doc, { textHash, words }))
    else setMaking({ deed, words, textHash })
  }
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
          <TakeIn at={at()} onTaken={take} onCancel={() => setReplacing(false)} />
        </Show>
        <Switch>
          <Match when={props.source.textHash === null}>
            <Show when={mayEdit()} fallback={<p class="field-none">No text was taken in.</p>}>
              <TakeIn at={at()} onTaken={take} />
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
        {({ deed, textHash, words }) => {
          const Made = deed === 'claim' ? ClaimDialog : CiteDialog
          return (
            <Made
              words={words.exact}
              source={props.source}
              put={doc => put(doc, { textHash, words })}
              // Another's correction does not take away what is being written.
              warning={
                text() && !anew(words)
                  ? 'The text was corrected meanwhile, and these words are no longer in it.'
                  : undefined
              }
              address={props.address}
              onClose={() => setMaking(undefined)}
            />
          )
        }}
      </Show>
    </>
  )
}
