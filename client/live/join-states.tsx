/** What stands in the place of a tracker that is not there yet, or cannot be. */
import { A } from '@solidjs/router'
import { Show, type JSX } from 'solid-js'
import { Dialog } from '#client/ui/dialog.tsx'
import '#client/live/join-states.css'

/** The outline of the page; it shows itself only after a moment, so that a quick join does not flash. */
export const Skeleton = (props: { readonly title?: string | undefined }) => (
  <div class="skeleton" role="status">
    <div class="skeleton-bar">
      <span class="skeleton-title" dir="auto">
        {props.title ?? 'Parley'}
      </span>
      <span>Opening…</span>
    </div>
    <div class="skeleton-grid" aria-hidden="true" />
  </div>
)

const Instead = (props: { readonly title: string; readonly children: JSX.Element }) => (
  <main class="instead">
    <h1>{props.title}</h1>
    {props.children}
  </main>
)

export const Unreachable = (props: { readonly words: string; readonly onRetry: () => void }) => (
  <Instead title="This tracker cannot be opened now">
    <p role="alert">{props.words}</p>
    <p class="instead-actions">
      <button type="button" class="button primary" onClick={() => props.onRetry()}>
        Try again
      </button>
      <A class="button" href="/">
        All trackers
      </A>
    </p>
  </Instead>
)

export const Gone = (props: { readonly unsaved: string }) => (
  <Instead title="No such tracker, or no access to it">
    <p role="alert">
      The address may be wrong, or an owner may have taken you off its list. Ask whoever sent you
      here for an invitation.
    </p>
    <Unsaved words={props.unsaved} />
    <p class="instead-actions">
      <A class="button primary" href="/">
        All trackers
      </A>
    </p>
  </Instead>
)

const Unsaved = (props: { readonly words: string }) => (
  <Show when={props.words}>
    <p class="instead-kept">
      Some of your words were not saved.
      <button
        type="button"
        class="button small"
        onClick={() => void navigator.clipboard.writeText(props.words)}
      >
        Copy my text
      </button>
    </p>
  </Show>
)

interface SignedOutProps {
  readonly open: boolean
  readonly unsaved: string
  readonly onBack: () => void
}

export const SignedOut = (props: SignedOutProps) => (
  <Dialog open={props.open} title="You are signed out" mustAnswer onClose={() => undefined}>
    <p>
      Your last changes are kept in this tab and not yet on the server. Sign in again in another
      tab, then come back here: they will be saved.
    </p>
    <Unsaved words={props.unsaved} />
    <div class="dialog-foot">
      <button type="button" class="button" onClick={() => props.onBack()}>
        I am signed in again
      </button>
      <a class="button primary" href="/sign-in" target="_blank" rel="noopener">
        Sign in
      </a>
    </div>
  </Dialog>
)
