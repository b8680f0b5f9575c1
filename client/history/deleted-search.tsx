/** Looks for words that once stood in the tracker and do not any more. */
import { createEffect, createSignal, createUniqueId, For, on, onCleanup, Show } from 'solid-js'
import type { Authors } from '#client/history/author-names.ts'
import type { FoundWords } from '#client/history/moments/messages.ts'
import type { Moments } from '#client/history/moments/moments.ts'
import { ago, exactly } from '#client/ui/when.ts'
import '#client/history/deleted-search.css'

interface DeletedSearchProps {
  readonly moments: Moments
  readonly authors: Authors
  readonly onOpen: (found: FoundWords) => void
}

/** After the last letter. */
const PAUSE = 180
/** What is shown of a text before and after the words. */
const CONTEXT = 60

export const DeletedSearch = (props: DeletedSearchProps) => {
  const id = createUniqueId()
  const [words, setWords] = createSignal('')
  const [found, setFound] = createSignal<readonly FoundWords[]>()
  let asked = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const look = async (wanted: string): Promise<void> => {
    const nth = (asked += 1)
    const answer = await props.moments.ask('deleted', wanted).catch(() => [])
    if (nth === asked) setFound(answer)
  }
  createEffect(
    on([words, () => props.moments.log().last], ([wanted]) => {
      clearTimeout(timer)
      asked += 1
      if (wanted.trim().length < 2) setFound(undefined)
      else timer = setTimeout(() => void look(wanted), PAUSE)
    }),
  )
  onCleanup(() => clearTimeout(timer))
  return (
    <search class="deleted-search">
      <label class="unseen" for={id}>
        Search deleted words
      </label>
      <input
        id={id}
        type="search"
        class="input"
        dir="auto"
        autocomplete="off"
        placeholder="Search deleted words"
        disabled={props.moments.reading().at !== 'ready'}
        value={words()}
        onInput={event => setWords(event.currentTarget.value)}
        onKeyDown={event => {
          if (event.key !== 'Escape' || words() === '') return
          event.stopPropagation()
          setWords('')
        }}
      />
      <Show when={found()}>
        {all => (
          <>
            <p class="deleted-count" role="status">
              {countOf(all().length)}
            </p>
            <ul class="deleted-list">
              <For each={all()}>
                {one => (
                  <li>
                    <button type="button" class="deleted-open" onClick={() => props.onOpen(one)}>
                      <span class="deleted-place" dir="auto">
                        {one.place}
                      </span>
                      <Snippet found={one} length={words().trim().length} />
                      <span
                        class="deleted-when"
                        data-tip={exactly(props.moments.log().timeOf(one.goneSeq))}
                      >
                        deleted {ago(props.moments.log().timeOf(one.goneSeq))} by{' '}
                        <bdi>{props.authors.nameAt(one.goneSeq) || 'somebody'}</bdi>
                      </span>
                    </button>
                  </li>
                )}
              </For>
            </ul>
          </>
        )}
      </Show>
    </search>
  )
}

const countOf = (many: number): string => {
  if (many === 0) return 'Nothing that was deleted says so.'
  return many === 1 ? 'Deleted in one place' : `Deleted in ${many} places`
}

const Snippet = (props: { readonly found: FoundWords; readonly length: number }) => {
  const parts = () => {
    const { at, text } = props.found
    const end = at + props.length
    const before = text.slice(Math.max(0, at - CONTEXT), at)
    const after = text.slice(end, end + CONTEXT)
    return {
      before: at > CONTEXT ? `…${before.replace(/^\S*\s/u, '')}` : before,
      words: text.slice(at, end),
      after: end + CONTEXT < text.length ? `${after.replace(/\s\S*$/u, '')}…` : after,
    }
  }
  return (
    <span class="deleted-words" dir="auto">
      {parts().before}
      <mark>{parts().words}</mark>
      {parts().after}
    </span>
  )
}
