/** What the party says it will not accept on the issue: drawn, changed and lifted. */
import { createSignal, For, Show } from 'solid-js'
import { useNegotiation } from '#client/live/negotiation.ts'
import { RedLineCard } from '#client/matrix/panel/red-line-card.tsx'
import { Icon } from '#client/ui/icon.tsx'
import { redLineRecords } from '#shared/document/redlines.ts'
import { newId, type IssueId, type PartyId, type RedLineId } from '#shared/ids.ts'
import type { Issue } from '#shared/issues.ts'

interface Props {
  readonly issueId: IssueId
  readonly partyId: PartyId
  readonly issue: Issue | undefined
}

export const RedLines = (props: Props) => {
  const { act, mayEdit, view } = useNegotiation()
  const [open, setOpen] = createSignal<RedLineId>()
  const lines = () => view.redLines(props.issueId, props.partyId)
  const ids = () => lines().map(({ id }) => id)
  const draw = (): void => {
    const id = newId<RedLineId>()
    const { issueId, partyId } = props
    act('draw a red line', doc =>
      redLineRecords.put(doc, id, { issueId, partyId, kind: 'red_line', operator: 'at_least' }),
    )
    setOpen(id)
  }
  return (
    <section class="panel-section">
      <h3>Red lines</h3>
      <For each={ids()}>
        {id => (
          <Show when={lines().find(line => line.id === id)}>
            {line => (
              <RedLineCard
                line={line()}
                issue={props.issue}
                open={open() === id}
                onToggle={() => setOpen(open() === id ? undefined : id)}
              />
            )}
          </Show>
        )}
      </For>
      <Show when={lines().length === 0}>
        <p class="field-none">None recorded.</p>
      </Show>
      <Show when={mayEdit()}>
        <button type="button" class="add" onClick={draw}>
          <Icon name="plus" /> Draw a red line
        </button>
      </Show>
    </section>
  )
}
