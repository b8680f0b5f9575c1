/** Below the matrix, once I pause: an offer to say why I changed what I changed. It never asks for the keyboard. */
import { createSignal, Show } from 'solid-js'
import { createOwnGroup } from '#client/history/movements/own-group.ts'
import { createSaid } from '#client/history/movements/said.ts'
import { WhyForm } from '#client/history/movements/why-form.tsx'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Icon } from '#client/ui/icon.tsx'
import type { IssueId, PartyId } from '#shared/ids.ts'
import type { MovementKey } from '#shared/movements.ts'
import '#client/history/movements/movements.css'

interface Props {
  /** Gives the keyboard back to the matrix. */
  readonly onLeave: () => void
}

export default function WhyStrip(props: Props) {
  const negotiation = useNegotiation()
  const { view } = negotiation
  const said = createSaid(negotiation)
  const group = createOwnGroup(negotiation, said)
  const [isWriting, setWriting] = createSignal(false)
  const title = (): string => {
    const [first] = group.movements()
    const party = first && view.party(first.partyId as PartyId)?.name
    const issue = first && view.issue(first.issueId as IssueId)?.title
    return `${party || 'Unnamed party'} · ${issue || 'Untitled issue'}`
  }
  const others = (): string => {
    const many = group.movements().length - 1
    if (many < 1) return ''
    return many === 1 ? ' and one more cell' : ` and ${many} more cells`
  }
  const write = (writing: boolean): void => {
    group.hold(writing)
    setWriting(writing)
  }
  const leave = (): void => {
    setWriting(false)
    group.leave()
    props.onLeave()
  }
  return (
    <Show when={group.movements().length > 0}>
      <section
        class="why-strip"
        aria-label="Say why"
        onKeyDown={event => {
          if (event.key !== 'Escape') return
          event.preventDefault()
          leave()
        }}
      >
        <p class="why-strip-what">
          You changed <bdi>{title()}</bdi>
          {others()}.
        </p>
        <Show
          when={isWriting()}
          fallback={
            <>
              <button type="button" class="button small" onClick={() => write(true)}>
                Say why
              </button>
              <button
                type="button"
                class="button quiet icon small"
                aria-label="Not now"
                data-tip="Not now; it can be said in the cell’s history later"
                onClick={leave}
              >
                <Icon name="close" />
              </button>
            </>
          }
        >
          <WhyForm
            label="Why"
            verb="Say why"
            focused
            onSubmit={text => {
              said.explain(
                group.movements().map(({ key }) => key as MovementKey),
                text,
              )
              leave()
            }}
            onLeave={() => write(false)}
          />
        </Show>
      </section>
    </Show>
  )
}
