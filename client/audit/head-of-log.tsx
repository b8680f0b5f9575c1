/** The last row's number and hash: who keeps them elsewhere can hold the log against them one day. */
import { createSignal, Show } from 'solid-js'
import type { AuditPage } from '#shared/audit-api.ts'

export const HeadOfLog = (props: { readonly head: AuditPage['head'] | undefined }) => {
  const [isCopied, setCopied] = createSignal(false)
  return (
    <Show when={props.head}>
      {head => {
        const words = (): string => `${head().seq}:${head().hash}`
        const copy = async (): Promise<void> => {
          await navigator.clipboard.writeText(words())
          setCopied(true)
        }
        return (
          <details class="audit-head">
            <summary>{rows(head().seq)}, chained by their hashes</summary>
            <p>
              Each row holds the hash of the one before, so that whoever changes one in the database
              has to rewrite all that follow. Keep the last one’s where they cannot reach it:
            </p>
            <p class="audit-hash">
              <code>{words()}</code>
              <button type="button" class="button small" onClick={() => void copy()}>
                {isCopied() ? 'Copied' : 'Copy'}
              </button>
            </p>
            <p>
              Later, <code>npm run verify -- --head {head().seq}:…</code> tells whether everything
              up to there is as it was.
            </p>
          </details>
        )
      }}
    </Show>
  )
}

const rows = (count: number): string =>
  count === 1 ? '1 row' : `${count.toLocaleString('en')} rows`
