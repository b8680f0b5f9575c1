/** A link to set a password, shown this once. */
import { createSignal, onMount, Show } from 'solid-js'
import { Dialog } from '#client/ui/dialog.tsx'
import { Icon } from '#client/ui/icon.tsx'
import { exactly } from '#client/ui/when.ts'
import type { ResetLink } from '#shared/api.ts'

export interface FreshLink {
  readonly person: { readonly name: string }
  readonly link: ResetLink
}

interface Props {
  readonly fresh: FreshLink | undefined
  readonly onClose: () => void
}

export const LinkDialog = (props: Props) => (
  <Show when={props.fresh}>
    {fresh => (
      <Dialog
        open
        wide
        mustAnswer
        title={`Link for ${fresh().person.name}`}
        onClose={() => props.onClose()}
      >
        <Link fresh={fresh()} onClose={() => props.onClose()} />
      </Dialog>
    )}
  </Show>
)

const Link = (props: { readonly fresh: FreshLink; readonly onClose: () => void }) => {
  const address = (): string => `${location.origin}/reset/${props.fresh.link.token}`
  const [copied, setCopied] = createSignal(false)
  let field: HTMLInputElement | undefined
  onMount(() => field?.focus())
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(address())
    } catch {
      // Without the right to write to the clipboard the link is marked, ready for Ctrl+C.
      field?.select()
      return
    }
    setCopied(true)
  }
  return (
    <div class="people-form">
      <div class="people-link">
        <input
          ref={field}
          class="input"
          readonly
          aria-label="Link to set a password"
          value={address()}
          onFocus={event => event.currentTarget.select()}
        />
        <button type="button" class="button primary" onClick={() => void copy()}>
          <Icon name={copied() ? 'check' : 'copy'} />
          <span role="status">{copied() ? 'Copied' : 'Copy'}</span>
        </button>
      </div>
      <p class="people-about">
        Whoever has it sets the password of <bdi>{props.fresh.person.name}</bdi>, once, until{' '}
        {exactly(props.fresh.link.expiresAt)}. It is shown only now: copy it, and hand it over where
        nobody else reads it.
      </p>
      <div class="people-actions">
        <button type="button" class="button" onClick={() => props.onClose()}>
          Done
        </button>
      </div>
    </div>
  )
}
