/** Over a past moment: which one it is, that it cannot be changed, and what has happened since. */
import { Show } from 'solid-js'
import { labelOf } from '#client/history/sessions.ts'
import { exactly } from '#client/ui/when.ts'
import type { SnapshotEntry } from '#shared/api.ts'

interface PastBannerProps {
  /** Undefined where that is not known yet. */
  readonly at: number | undefined
  /** The snapshot that it is, if it is one. */
  readonly entry: SnapshotEntry | undefined
  /** Whose edit led to it; '' where that is not known. */
  readonly author: string
  readonly changesSince: number
  readonly mayRestore: boolean
  readonly older: (() => void) | undefined
  readonly newer: (() => void) | undefined
  readonly toLive: () => void
  readonly compareWithNow: () => void
  readonly restore: () => void
  readonly copyLink: () => void
}

export const PastBanner = (props: PastBannerProps) => (
  <section class="history-banner past" aria-label="Past moment">
    <p class="history-banner-words" role="status">
      <span>
        You are viewing{' '}
        <Show when={props.at} fallback="a past moment">
          {at => <strong>{exactly(at())}</strong>}
        </Show>
        <Show when={props.entry} fallback={<Author name={props.author} />}>
          {entry => (
            <>
              {' '}
              · <bdi>“{labelOf(entry())}”</bdi>
            </>
          )}
        </Show>{' '}
        — read-only
      </span>
      <span class="history-banner-count">{sinceOpened(props.changesSince)}</span>
    </p>
    <div class="history-banner-actions">
      <button
        type="button"
        class="button quiet icon small"
        aria-label="Older snapshot"
        data-tip="Older snapshot"
        data-keys="["
        disabled={!props.older}
        onClick={() => props.older?.()}
      >
        <span aria-hidden="true">‹</span>
      </button>
      <button
        type="button"
        class="button quiet icon small"
        aria-label="Newer snapshot"
        data-tip="Newer snapshot"
        data-keys="]"
        disabled={!props.newer}
        onClick={() => props.newer?.()}
      >
        <span aria-hidden="true">›</span>
      </button>
      <button type="button" class="button quiet small" onClick={() => props.copyLink()}>
        Copy link
      </button>
      <button type="button" class="button small" onClick={() => props.compareWithNow()}>
        Compare with now
      </button>
      <Show when={props.mayRestore}>
        <button type="button" class="button small" onClick={() => props.restore()}>
          Restore…
        </button>
      </Show>
      <button type="button" class="button primary small" onClick={() => props.toLive()}>
        Back to live <kbd aria-hidden="true">Esc</kbd>
      </button>
    </div>
  </section>
)

const Author = (props: { readonly name: string }) => (
  <Show when={props.name}>
    {' '}
    · after an edit by <bdi>{props.name}</bdi>
  </Show>
)

/** "4 changes since you opened this" */
export const sinceOpened = (changes: number): string => {
  if (changes === 0) return ''
  return changes === 1
    ? '1 change since you opened this'
    : `${changes} changes since you opened this`
}
