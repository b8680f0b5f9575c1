/** Takes in the text of a source: a file that is dropped or chosen, or words that are pasted. */
import { createSignal, createUniqueId, onCleanup, Show } from 'solid-js'
import { Refused, wordsOf } from '#client/api.ts'
import { pasteText, uploadText, type TextsAt, type Upload } from '#client/evidence/texts.ts'
import type { TextTaken } from '#shared/text-api.ts'
import { FILE_ENDINGS, MAX_TEXT_LENGTH, UNFIT_WORDS } from '#shared/texts.ts'

interface Props {
  readonly at: TextsAt
  readonly onTaken: (text: TextTaken) => void
  /** Where there is something to go back to. */
  readonly onCancel?: () => void
}

export const TakeIn = (props: Props) => {
  const id = createUniqueId()
  const [words, setWords] = createSignal('')
  const [error, setError] = createSignal('')
  const [isOver, setOver] = createSignal(false)
  /** The share that has left; undefined while nothing is on its way. */
  const [sent, setSent] = createSignal<number>()
  let upload: Upload | undefined
  let picker: HTMLInputElement | undefined
  onCleanup(() => upload?.abort())

  const wait = async (taking: Promise<TextTaken>): Promise<void> => {
    setError('')
    try {
      props.onTaken(await taking)
    } catch (error) {
      if (!(error instanceof Refused && error.code === 'aborted')) setError(wordsOf(error))
    } finally {
      upload = undefined
      setSent(undefined)
    }
  }
  const takeFile = (file: File | undefined): void => {
    if (!file || sent() !== undefined) return
    setSent(0)
    upload = uploadText(props.at, file, setSent)
    void wait(upload.done)
  }
  const takeWords = (): void => {
    if (words().trim() === '') return
    if (words().length > MAX_TEXT_LENGTH) return void setError(UNFIT_WORDS.too_long)
    setSent(1)
    void wait(pasteText(props.at, words()))
  }
  return (
    <div
      class="take-in"
      classList={{ over: isOver() }}
      onDragOver={event => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={event => {
        event.preventDefault()
        setOver(false)
        const [file] = event.dataTransfer?.files ?? []
        if (file) takeFile(file)
        else setWords(event.dataTransfer?.getData('text/plain') ?? '')
      }}
    >
      <Show
        when={sent() === undefined}
        fallback={
          <div class="take-in-way" role="status">
            {/* Without a value it says that nobody knows how far. */}
            <Show when={sent() !== 1} fallback={<progress aria-label="Reading the text" />}>
              <progress value={sent()} aria-label="Sending the text" />
            </Show>
            <p>{sent() === 1 ? 'The server reads it …' : 'On its way to the server …'}</p>
            <Show when={upload}>
              <button type="button" class="button small" onClick={() => upload?.abort()}>
                Call it off
              </button>
            </Show>
          </div>
        }
      >
        <label for={id}>Paste its text</label>
        <textarea
          id={id}
          class="input"
          rows={6}
          dir="auto"
          value={words()}
          onInput={event => setWords(event.currentTarget.value)}
          onKeyDown={event => {
            event.stopPropagation()
            if (event.key === 'Escape') props.onCancel?.()
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) takeWords()
          }}
        />
        <div class="panel-row">
          <button
            type="button"
            class="button primary small"
            disabled={words().trim() === ''}
            onClick={takeWords}
          >
            Keep this text
          </button>
          <button type="button" class="button small" onClick={() => picker?.click()}>
            Choose a file…
          </button>
          <Show when={props.onCancel}>
            <button type="button" class="button quiet small" onClick={() => props.onCancel?.()}>
              Cancel
            </button>
          </Show>
        </div>
        <p class="evidence-note">
          Or drop a file here: text, Markdown, HTML, PDF, Word or mail, up to 20 MB. The text is
          kept as it is, and nothing in it is ever run.
        </p>
        <input
          ref={picker}
          type="file"
          hidden
          accept={FILE_ENDINGS.join(',')}
          onChange={event => {
            takeFile(event.currentTarget.files?.[0])
            event.currentTarget.value = ''
          }}
        />
      </Show>
      <Show when={error()}>
        <p class="evidence-note warning" role="alert">
          {error()}
        </p>
      </Show>
    </div>
  )
}
