/** Recovery codes, shown this once: to copy, to save, to write down. */
import { createSignal, For, onCleanup } from 'solid-js'
import { Icon } from '#client/ui/icon.tsx'

interface RecoveryCodesProps {
  readonly codes: readonly string[]
  readonly onDone: () => void
}

export const RecoveryCodes = (props: RecoveryCodesProps) => {
  const [copied, setCopied] = createSignal(false)
  const text = (): string => `${props.codes.join('\n')}\n`
  const file = URL.createObjectURL(new Blob([text()], { type: 'text/plain' }))
  onCleanup(() => URL.revokeObjectURL(file))
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text())
      setCopied(true)
    } catch {
      // Without the right to write to the clipboard they can still be saved or written down.
    }
  }
  return (
    <div class="new-tracker">
      <p class="account-about">
        If you lose your app, one of these lets you in instead; each works once. Keep them where you
        keep passwords. They are shown only now.
      </p>
      <ol class="recovery-codes" aria-label="Recovery codes" dir="ltr">
        <For each={props.codes}>{code => <li>{code}</li>}</For>
      </ol>
      <div class="recovery-keep">
        <button type="button" class="button" onClick={() => void copy()}>
          <Icon name={copied() ? 'check' : 'copy'} />
          <span role="status">{copied() ? 'Copied' : 'Copy'}</span>
        </button>
        <a class="button" href={file} download="parley-recovery-codes.txt">
          Save as a file
        </a>
        <button type="button" class="button primary" onClick={() => props.onDone()}>
          I have kept them
        </button>
      </div>
    </div>
  )
}
