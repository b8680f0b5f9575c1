/** Under the list of moments: what was taken out of them for good, and for owners a way to do so. */
import { createSignal, For, Show, Suspense } from 'solid-js'
import { useNegotiation } from '#client/live/negotiation.ts'
import { late } from '#client/ui/late.ts'
import { dateOf, exactly } from '#client/ui/when.ts'
import { may } from '#shared/access.ts'
import type { Redaction } from '#shared/redactions.ts'
import '#client/history/redactions/redactions.css'

const RedactDialog = late<{ readonly onClose: () => void }>(
  () => import('#client/history/redactions/redact-dialog.tsx'),
)

export const Redactions = () => {
  const negotiation = useNegotiation()
  const [isOpen, setOpen] = createSignal(false)
  const mayRedact = (): boolean => may(negotiation.role(), 'manage')
  const newestFirst = (): readonly Redaction[] =>
    negotiation.view.redactions().toSorted((a, b) => b.at - a.at)
  return (
    <Show when={mayRedact() || newestFirst().length > 0}>
      <section class="redactions" aria-labelledby="redactions-title">
        <h3 id="redactions-title">Redactions</h3>
        <Show
          when={newestFirst().length > 0}
          fallback={
            <p class="redactions-none">
              Something secret was written here by accident? A redaction takes it out of the tracker
              and of every moment of its history.
            </p>
          }
        >
          <ul>
            <For each={newestFirst()}>
              {({ at, by, reason, where }) => (
                <li>
                  <span class="redaction-where" dir="auto">
                    {where}
                  </span>
                  <span class="redaction-reason" dir="auto">
                    {reason}
                  </span>
                  <span class="redaction-by" data-tip={exactly(at)}>
                    Redacted by <bdi>{by || 'an owner'}</bdi> on {dateOf(at)}
                  </span>
                </li>
              )}
            </For>
          </ul>
        </Show>
        <Show when={mayRedact()}>
          <button type="button" class="button small" onClick={() => setOpen(true)}>
            Redact a text…
          </button>
          <Show when={isOpen()}>
            <Suspense>
              <RedactDialog onClose={() => setOpen(false)} />
            </Suspense>
          </Show>
        </Show>
      </section>
    </Show>
  )
}
