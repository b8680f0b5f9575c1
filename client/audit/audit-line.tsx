/** One thing that was noted: who, what, when and from where. Names and places narrow the log down to themselves. */
import { Show } from 'solid-js'
import type { AuditFilter } from '#client/audit/filter.ts'
import { ago, clockOf, exactly } from '#client/ui/when.ts'
import type { AuditEntry } from '#shared/audit-api.ts'
import { AUDITED, FAILURES, isAudited } from '#shared/audit.ts'

interface AuditLineProps {
  readonly entry: AuditEntry
  readonly titleOf: (trackerId: string) => string
  readonly onNarrow: (change: AuditFilter) => void
}

export const AuditLine = (props: AuditLineProps) => {
  const { at, by, detail, from, seq, trackerId, what } = props.entry
  const deed = isAudited(what) ? AUDITED[what] : what
  const isFailure = isAudited(what) && FAILURES.has(what)
  return (
    <li class="audit-line" classList={{ failure: isFailure }} data-seq={seq}>
      <time dateTime={new Date(at).toISOString()} data-tip={`${exactly(at)}, ${ago(at)}`}>
        {clockOf(at)}
      </time>
      <div class="audit-words">
        <p>
          <Show when={by} fallback={<span class="audit-nobody">{whoElse(props.entry)}</span>}>
            {who => (
              <button
                type="button"
                class="audit-name"
                data-tip="Only what they did, and what was done to them"
                onClick={() => props.onNarrow({ person: who().id })}
              >
                <bdi>{who().name || 'Somebody'}</bdi>
              </button>
            )}
          </Show>{' '}
          <span class="audit-deed">{lowered(deed)}</span>
        </p>
        <Show when={detail !== '' || trackerId !== null}>
          <p class="audit-detail">
            <Show when={detail !== ''}>
              <bdi>{detail}</bdi>
            </Show>
            <Show when={detail !== '' && trackerId !== null}> · </Show>
            <Show when={trackerId}>
              {id => (
                <button
                  type="button"
                  class="audit-place"
                  data-tip="Only what was done with this tracker"
                  onClick={() => props.onNarrow({ tracker: id() })}
                >
                  <bdi>{props.titleOf(id())}</bdi>
                </button>
              )}
            </Show>
          </p>
        </Show>
      </div>
      <Show when={from !== ''}>
        <button
          type="button"
          class="audit-from"
          data-tip="Only what came from this address"
          aria-label={`From ${from}`}
          onClick={() => props.onNarrow({ from })}
        >
          {from}
        </button>
      </Show>
    </li>
  )
}

const whoElse = ({ from, what }: AuditEntry): string =>
  from !== '' || (isAudited(what) && FAILURES.has(what)) ? 'Somebody not signed in' : 'The server'

const lowered = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1)
