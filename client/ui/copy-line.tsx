/** Something long to be taken along, as a link: marked when it is entered, copied with one press. */
import { createSignal, onMount } from 'solid-js'
import { Icon } from '#client/ui/icon.tsx'
import '#client/ui/copy-line.css'

export const CopyLine = (props: { readonly label: string; readonly value: string }) => {
  const [copied, setCopied] = createSignal(false)
  let field: HTMLInputElement | undefined
  onMount(() => field?.focus())
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(props.value)
    } catch {
      // Without the right to write to the clipboard the text is marked, ready for Ctrl+C.
      field?.select()
      return
    }
    setCopied(true)
  }
  return (
    <div class="copy-line">
      <input
        ref={field}
        class="input"
        readonly
        aria-label={props.label}
        value={props.value}
        onFocus={event => event.currentTarget.select()}
      />
      <button type="button" class="button primary" onClick={() => void copy()}>
        <Icon name={copied() ? 'check' : 'copy'} />
        {copied() ? 'Copied' : 'Copy'}
      </button>
      <span class="unseen" role="status">
        {copied() ? 'Copied' : ''}
      </span>
    </div>
  )
}
