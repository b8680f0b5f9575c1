/** Taking a text out of the tracker's whole history: it is looked for first, and goes only when its owner has seen where. */
import { createSignal, For, Show } from 'solid-js'
import { wordsOf } from '#client/api.ts'
import { isNowhere, whatGoes, redactionsOf } from '#client/history/redactions/redacting.ts'
import { whenSaved } from '#client/history/when-saved.ts'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Dialog } from '#client/ui/dialog.tsx'
import { notify } from '#client/ui/toaster.tsx'
import type { RedactionFindings } from '#shared/api.ts'
import { LONGEST_REDACTED, MAX_REDACTION_REASON } from '#shared/redactions.ts'

export default function RedactDialog(props: { readonly onClose: () => void }) {
  const negotiation = useNegotiation()
  const server = redactionsOf(negotiation.trackerId)
  const [text, setText] = createSignal('')
  const [reason, setReason] = createSignal('')
  const [found, setFound] = createSignal<RedactionFindings>()
  const [busy, setBusy] = createSignal<'looking' | 'redacting'>()
  const [fault, setFault] = createSignal('')
  let reasonField: HTMLInputElement | undefined

  const attempt = async (what: 'looking' | 'redacting', work: () => Promise<void>) => {
    if (busy()) return
    setBusy(what)
    setFault('')
    try {
      await work()
    } catch (error) {
      setFault(wordsOf(error))
    } finally {
      setBusy()
    }
  }
  const look = () =>
    attempt('looking', async () => {
      await whenSaved(negotiation)
      const findings = await server.search(text())
      setFound(findings)
      if (!isNowhere(findings)) reasonField?.focus()
    })
  const redact = () =>
    attempt('redacting', async () => {
      await whenSaved(negotiation)
      const done = await server.redact(text(), reason().trim())
      // By now the page may have been made anew, and this dialog with it.
      notify({ text: `The text is gone from ${whatGoes(done)}.` })
      props.onClose()
    })
  const ready = (): RedactionFindings | undefined => {
    const findings = found()
    return findings && !isNowhere(findings) ? findings : undefined
  }
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    if (!ready()) void look()
    else if (reason().trim() === '') reasonField?.focus()
    else void redact()
  }

  return (
    <Dialog
      open
      title="Redact a text"
      mustAnswer={busy() === 'redacting'}
      onClose={() => props.onClose()}
    >
      <form class="redact" onSubmit={submit}>
        <p class="redact-about">
          Takes a text out of this tracker and of its whole history, for good: positions, changes,
          snapshots, exports, and the open pages of others. Blanks (███) are left in its place.
          Compartments are not looked through: whoever is in one takes it out there by hand.
        </p>
        <div class="text-field">
          <label for="redact-text">The text, exactly as it stands</label>
          <textarea
            id="redact-text"
            class="input"
            dir="auto"
            rows={2}
            maxLength={LONGEST_REDACTED}
            spellcheck={false}
            autocomplete="off"
            value={text()}
            disabled={busy() === 'redacting'}
            onInput={event => {
              setText(event.currentTarget.value)
              setFound()
              setFault('')
            }}
            onKeyDown={event => {
              if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
              event.preventDefault()
              event.currentTarget.form?.requestSubmit()
            }}
          />
        </div>
        <div class="redact-found" role="status">
          <Show when={found()}>
            {findings => (
              <Show
                when={ready()}
                fallback={
                  <p>
                    This text stands nowhere, and never did. Capitals, spaces and line breaks count.
                  </p>
                }
              >
                <p>Found in {whatGoes(findings())}</p>
                {/* It may scroll: the keyboard must be able to get there. */}
                <ul tabIndex={0} aria-label="Where it stands">
                  <For each={findings().places}>
                    {({ isThere, times, where }) => (
                      <li>
                        <span class="redact-where" dir="auto">
                          {where}
                        </span>
                        <span class="redact-times">
                          {isThere ? '' : 'earlier'}
                          {times > 1 ? `${isThere ? '' : ', '}${times} times` : ''}
                        </span>
                      </li>
                    )}
                  </For>
                </ul>
              </Show>
            )}
          </Show>
        </div>
        <Show when={ready()}>
          <div class="text-field">
            <label for="redact-reason">Reason, which everybody can read</label>
            <input
              id="redact-reason"
              class="input"
              ref={reasonField}
              dir="auto"
              autocomplete="off"
              maxLength={MAX_REDACTION_REASON}
              placeholder="A password, pasted by accident"
              value={reason()}
              disabled={busy() === 'redacting'}
              onInput={event => setReason(event.currentTarget.value)}
            />
          </div>
          <p class="redact-limits">
            It cannot be taken back. Backups and files that were made before still hold the text,
            and so does whoever has copied it: change what was secret all the same.
          </p>
        </Show>
        <Show when={fault()}>
          <p class="redact-fault" role="alert">
            {fault()}
          </p>
        </Show>
        <div class="dialog-foot">
          <Show when={busy()}>
            <span class="redact-busy" role="status">
              {busy() === 'looking'
                ? 'Looking through the whole history …'
                : 'Redacting. Everybody is away for a moment …'}
            </span>
          </Show>
          <button
            type="button"
            class="button quiet"
            disabled={busy() === 'redacting'}
            onClick={() => props.onClose()}
          >
            Cancel
          </button>
          <Show
            when={ready()}
            fallback={
              <button
                type="submit"
                class="button primary"
                disabled={text().trim() === '' || busy() !== undefined}
              >
                Find it
              </button>
            }
          >
            <button
              type="submit"
              class="button danger redact-go"
              disabled={reason().trim() === '' || busy() !== undefined}
            >
              Redact for good
            </button>
          </Show>
        </div>
      </form>
    </Dialog>
  )
}
