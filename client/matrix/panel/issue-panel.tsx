/** One issue at length: what is asked, in which basket, and the scale on which stances are placed. */
import { createMemo, Show } from 'solid-js'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Choice } from '#client/matrix/panel/choice.tsx'
import { Line } from '#client/matrix/panel/line.tsx'
import { LongText } from '#client/matrix/panel/long-text.tsx'
import { ScalePoints } from '#client/matrix/panel/scale-points.tsx'
import { GapSection } from '#client/outlook/gap-list.tsx'
import { Icon } from '#client/ui/icon.tsx'
import { MenuButton, type MenuEntry } from '#client/ui/menu.tsx'
import { issueRecords, moveIssue } from '#shared/document/issues.ts'
import { setNumeric } from '#shared/document/numeric.ts'
import type { BasketId, IssueId } from '#shared/ids.ts'
import { NO_SCALE } from '#shared/issues.ts'

const KINDS = ['steps', 'numbers'] as const
const KIND_LABELS = { steps: 'Steps in order', numbers: 'Numbers' }

export const IssuePanel = (props: { readonly issueId: IssueId }) => {
  const { act, mayEdit, view } = useNegotiation()
  const { issueId } = props
  const issue = createMemo(() => view.issue(issueId))
  const disabled = (): boolean => !mayEdit()
  const basketTitle = (): string => {
    const id = issue()?.basketId
    return id ? view.basket(id)?.title || 'Untitled basket' : 'In no basket'
  }
  const move = (basketId: BasketId | null): void =>
    void act('move an issue', doc => moveIssue(doc, issueId, basketId, Number.POSITIVE_INFINITY))
  const baskets = (): readonly MenuEntry[] => [
    ...view.basketIds().map(id => ({
      label: view.basket(id)?.title || 'Untitled basket',
      checked: issue()?.basketId === id,
      run: () => move(id),
    })),
    null,
    { label: 'In no basket', checked: issue()?.basketId === null, run: () => move(null) },
  ]
  return (
    <>
      <Line
        label="Title of the issue"
        large
        value={issue()?.title ?? ''}
        placeholder="Untitled issue"
        disabled={disabled()}
        onWrite={title =>
          void act('rename an issue', doc => issueRecords.set(doc, issueId, { title }))
        }
      />
      <LongText
        owner={{ issueId, partyId: null }}
        label="Description of the issue"
        text={issue()?.description ?? ''}
        placeholder="What is to be settled"
      />
      <div class="field">
        <span class="field-label">Basket</span>
        <MenuButton
          class="button small"
          label={`Basket: ${basketTitle()}`}
          entries={baskets}
          disabled={disabled()}
        >
          <span dir="auto">{basketTitle()}</span>
          <Icon name="down" />
        </MenuButton>
      </div>
      <section class="panel-section">
        <h3>Scale</h3>
        <Line
          label="Measures"
          labelled
          value={issue()?.scale.name ?? ''}
          placeholder="Depth of limits accepted"
          disabled={disabled()}
          onWrite={scaleName =>
            void act('name a scale', doc => issueRecords.set(doc, issueId, { scaleName }))
          }
        />
        <Choice
          label="Its points are"
          values={KINDS}
          labels={KIND_LABELS}
          value={issue()?.scale.isNumeric ? 'numbers' : 'steps'}
          disabled={disabled()}
          onChoose={kind =>
            void act('change the kind of a scale', doc =>
              setNumeric(doc, issueId, kind === 'numbers'),
            )
          }
        />
        <Show when={issue()?.scale.isNumeric}>
          <Line
            label="Unit"
            labelled
            value={issue()?.scale.unit ?? ''}
            placeholder="%, years, kg"
            disabled={disabled()}
            onWrite={scaleUnit =>
              void act('set the unit of a scale', doc =>
                issueRecords.set(doc, issueId, { scaleUnit }),
              )
            }
          />
        </Show>
        <ScalePoints issueId={issueId} scale={issue()?.scale ?? NO_SCALE} />
      </section>
      <GapSection issueId={issueId} partyId={null} />
    </>
  )
}
