/** The points of a scale from low to high: named, ordered, added, and removed where no cell rests on them. */
import { For, Show } from 'solid-js'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Line } from '#client/matrix/panel/line.tsx'
import { Icon } from '#client/ui/icon.tsx'
import { openMenu } from '#client/ui/menu.tsx'
import { addPoint, movePoint, pointRecords } from '#shared/document/scales.ts'
import { newId, type IssueId, type PointId } from '#shared/ids.ts'
import type { ScalePoint } from '#shared/issues.ts'

interface Props {
  readonly issueId: IssueId
  readonly points: readonly ScalePoint[]
}

export const ScalePoints = (props: Props) => {
  const { act, mayEdit, view } = useNegotiation()
  let list: HTMLOListElement | undefined
  const ids = () => props.points.map(({ id }) => id)
  const usedBy = (id: PointId): number =>
    view.partyIds().filter(partyId => {
      const { aspiration, stance, walkAway } = view.cell(props.issueId, partyId)
      const lines = view.redLines(props.issueId, partyId)
      return [stance, aspiration, walkAway, ...lines.map(({ point }) => point)].includes(id)
    }).length
  const add = (): void => {
    const id = newId<PointId>()
    act('add a point to a scale', doc => addPoint(doc, id, props.issueId, ''))
    queueMicrotask(() => list?.querySelector<HTMLInputElement>('li:last-child input')?.focus())
  }
  const openActions = (id: PointId, index: number, at: Element): void => {
    const many = usedBy(id)
    openMenu(
      at,
      [
        {
          label: 'Lower on the scale',
          disabled: index === 0,
          run: () => void act('move a point', doc => movePoint(doc, id, index - 1)),
        },
        {
          label: 'Higher on the scale',
          disabled: index === props.points.length - 1,
          run: () => void act('move a point', doc => movePoint(doc, id, index + 1)),
        },
        null,
        {
          label:
            many === 0
              ? 'Remove'
              : `In use by ${many === 1 ? 'one party' : `${many} parties`}, so it stays`,
          danger: many === 0,
          disabled: many > 0,
          run: () => void act('remove a point', doc => pointRecords.remove(doc, id)),
        },
      ],
      'Point of the scale',
    )
  }
  return (
    <>
      <ol class="points" ref={list}>
        <For each={ids()}>
          {(id, index) => (
            <li>
              <span class="ladder-step" aria-hidden="true">
                {index() + 1}
              </span>
              <Line
                label={`Point ${index() + 1}`}
                value={props.points.find(point => point.id === id)?.label ?? ''}
                placeholder="Unnamed point"
                disabled={!mayEdit()}
                onWrite={label =>
                  void act('name a point', doc => pointRecords.set(doc, id, { label }))
                }
              />
              <Show when={mayEdit()}>
                <button
                  type="button"
                  class="button quiet icon small"
                  aria-label={`More about point ${index() + 1}`}
                  aria-haspopup="menu"
                  onClick={event => openActions(id, index(), event.currentTarget)}
                >
                  <Icon name="more" />
                </button>
              </Show>
            </li>
          )}
        </For>
      </ol>
      <Show when={mayEdit()}>
        <button type="button" class="add" onClick={add}>
          <Icon name="plus" /> Add a point at the high end
        </button>
      </Show>
    </>
  )
}
