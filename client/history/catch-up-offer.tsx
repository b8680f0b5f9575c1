/** On coming back: what happened meanwhile, in one line, and the way to read it. */
import { createEffect, Show } from 'solid-js'
import { api } from '#client/api.ts'
import { createAsked } from '#client/history/asked.ts'
import { addressOf, baselineOf, reviewAll, stateIn, type Item } from '#client/history/catch-up.ts'
import type { StandingStore } from '#client/history/standing.ts'
import { Icon } from '#client/ui/icon.tsx'
import { exactly, shortlyOf } from '#client/ui/when.ts'
import type { ApiBrief } from '#shared/brief-api.ts'
import type { TrackerId } from '#shared/ids.ts'
import '#client/history/catch-up-offer.css'

interface CatchUpOfferProps {
  readonly trackerId: TrackerId
  /** My account's id. */
  readonly me: string
  readonly standing: StandingStore
  /** From a moment, under the address of the brief. */
  readonly open: (moment: string, since: string) => void
}

export default function CatchUpOffer(props: CatchUpOfferProps) {
  const since = () => {
    const standing = props.standing.now()
    return standing && props.standing.isBack() ? baselineOf(standing) : undefined
  }
  // Without a word where it fails: the counter stays, and so does the way through the history.
  const { latest } = createAsked(since, since =>
    api.get<ApiBrief>(`/api/trackers/${props.trackerId}/brief?since=${since}`),
  )
  const review = (brief: ApiBrief): void => {
    const isNews = (item: Item): boolean =>
      stateIn(item, props.me, props.standing.now()) === 'unreviewed'
    void reviewAll(props.standing, brief, brief.items.filter(isNews))
  }
  createEffect(() => {
    const brief = latest()
    // All of it was undone again.
    if (brief?.items.length === 0) review(brief)
  })
  return (
    <Show when={props.standing.isBack() && latest()}>
      {brief => (
        <Show when={brief().items.length > 0}>
          <section class="catch-up-offer" aria-label="Since you were here">
            <p role="status">
              <strong title={exactly(brief().since.at)}>
                Since {shortlyOf(brief().since.at)}:
              </strong>{' '}
              {brief().headline}
            </p>
            <div class="catch-up-offer-deeds">
              <button
                type="button"
                class="button primary small"
                onClick={() => {
                  props.standing.waveAway()
                  props.open(brief().since.moment, addressOf(brief()))
                }}
              >
                Catch up
              </button>
              <button type="button" class="button quiet small" onClick={() => review(brief())}>
                Mark all reviewed
              </button>
              <button
                type="button"
                class="button quiet icon small"
                aria-label="Not now"
                data-tip="Not now"
                onClick={() => props.standing.waveAway()}
              >
                <Icon name="close" />
              </button>
            </div>
          </section>
        </Show>
      )}
    </Show>
  )
}
