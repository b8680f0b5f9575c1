/** A text as it was taken in, with its excerpts marked: words that are selected become an excerpt or a claim. */
import { createEffect, createMemo, createSignal, For, Show } from 'solid-js'
import { blocksOf, piecesOf, type Marked } from '#client/evidence/reader/blocks.ts'
import { createSelecting } from '#client/evidence/reader/selecting.ts'
import { place } from '#client/ui/place.ts'
import { MAX_EXCERPT, type Span } from '#shared/evidence/anchor.ts'
import type { ExcerptId } from '#shared/ids.ts'
import '#client/evidence/reader/reader.css'

/** What can be made of selected words. */
export type Deed = 'claim' | 'excerpt' | 'cite'

interface Props {
  readonly label: string
  readonly text: string
  readonly language: string
  readonly marks: readonly Marked[]
  /** To be brought into sight. */
  readonly current: ExcerptId | undefined
  readonly onChoose: (id: ExcerptId) => void
  /** Undefined where nothing can be made of the words. */
  readonly onMake: ((deed: Deed, span: Span) => void) | undefined
}

const KEYS: Readonly<Record<string, Deed>> = { c: 'claim', Enter: 'claim', e: 'excerpt', x: 'cite' }
/** Where the keys of those letters are on a keyboard that writes others, as Persian and Hebrew ones do. */
const PLACES: Readonly<Record<string, Deed>> = { KeyC: 'claim', KeyE: 'excerpt', KeyX: 'cite' }

const deedOf = ({ code, key }: KeyboardEvent): Deed | undefined =>
  KEYS[key] ?? (/^\P{ASCII}+$/u.test(key) ? PLACES[code] : undefined)

export const Reader = (props: Props) => {
  const [root, setRoot] = createSignal<HTMLElement>()
  const blocks = createMemo(() => blocksOf(props.text))
  const selecting = createSelecting(root, () => props.text)
  createEffect(() => {
    const id = props.current
    if (id === undefined || !props.marks.some(mark => mark.id === id)) return
    root()
      ?.querySelector(`[data-excerpts~="${CSS.escape(id)}"]`)
      ?.scrollIntoView({ block: 'center' })
  })
  const make = (deed: Deed): void => {
    const span = selecting.span()
    if (!span || span.end - span.start > MAX_EXCERPT) return
    props.onMake?.(deed, span)
    selecting.clear()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (selecting.onKey(event)) {
      event.preventDefault()
      return
    }
    if (event.key === 'Escape') selecting.clear()
    const deed = deedOf(event)
    if (!deed || !selecting.span() || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    make(deed)
  }
  return (
    <div class="reader-frame">
      <div
        ref={setRoot}
        class="reader"
        tabindex="0"
        role="document"
        aria-label={props.label}
        lang={props.language || undefined}
        onKeyDown={onKeyDown}
      >
        <For each={blocks()}>
          {block => (
            <Block
              text={props.text}
              block={block}
              marks={props.marks}
              current={props.current}
              onChoose={id => props.onChoose(id)}
            />
          )}
        </For>
        <Show when={selecting.caret()}>
          {caret => (
            <span
              class="reader-caret"
              style={{
                left: `${caret().left}px`,
                top: `${caret().top}px`,
                height: `${caret().height}px`,
              }}
            />
          )}
        </Show>
      </div>
      <Show when={props.onMake && selecting.span()}>
        {span => <Deeds span={span()} at={selecting.at()} onMake={make} />}
      </Show>
    </div>
  )
}

interface BlockProps extends Pick<Props, 'text' | 'marks' | 'current' | 'onChoose'> {
  readonly block: Span
}

const Block = (props: BlockProps) => {
  const { block } = props
  const pieces = createMemo(() => piecesOf(block, props.marks), undefined, {
    // A mark elsewhere leaves this block as it is, and what is selected in it.
    equals: (a, b) => JSON.stringify(a) === JSON.stringify(b),
  })
  return (
    <div class="reader-block" data-start={block.start}>
      <For each={pieces()}>
        {({ end, ids, start }) => {
          const innermost = ids.at(-1)
          const words = props.text.slice(start, end)
          return innermost === undefined ? (
            words
          ) : (
            <mark
              class="reader-mark"
              classList={{ current: props.current !== undefined && ids.includes(props.current) }}
              data-excerpts={ids.join(' ')}
              onClick={() => {
                if (getSelection()?.isCollapsed !== false) props.onChoose(innermost)
              }}
            >
              {words}
            </mark>
          )
        }}
      </For>
    </div>
  )
}

const Deeds = (props: {
  readonly span: Span
  readonly at: { readonly x: number; readonly y: number }
  readonly onMake: (deed: Deed) => void
}) => {
  const isTooLong = (): boolean => props.span.end - props.span.start > MAX_EXCERPT
  const [bar, setBar] = createSignal<HTMLElement>()
  createEffect(() => {
    const element = bar()
    const at = props.at
    if (!element) return
    element.showPopover?.()
    place(element, at)
  })
  return (
    <div
      ref={setBar}
      class="reader-deeds"
      role="toolbar"
      aria-label="Of the selected words"
      popover="manual"
      // The words stay selected.
      onPointerDown={event => event.preventDefault()}
    >
      <Show
        when={!isTooLong()}
        fallback={
          <p role="alert">
            At most {MAX_EXCERPT.toLocaleString('en')} characters can be one excerpt; these are{' '}
            {(props.span.end - props.span.start).toLocaleString('en')}.
          </p>
        }
      >
        <button type="button" class="button primary small" onClick={() => props.onMake('claim')}>
          Make a claim <kbd>C</kbd>
        </button>
        <button type="button" class="button small" onClick={() => props.onMake('excerpt')}>
          Make an excerpt <kbd>E</kbd>
        </button>
        <button type="button" class="button small" onClick={() => props.onMake('cite')}>
          Cite for a claim… <kbd>X</kbd>
        </button>
      </Show>
    </div>
  )
}
