/** The points of a scale from low to high: named, numbered, inserted, ordered and removed under the positions on them. */
import { For, Show } from 'solid-js'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Line } from '#client/matrix/panel/line.tsx'
import { offerUndo } from '#client/matrix/undo-offer.ts'
import { Icon } from '#client/ui/icon.tsx'
import { openMenu, type MenuEntry } from '#client/ui/menu.tsx'
import { notify } from '#client/ui/toaster.tsx'
import { addPoint, movePoint, pointRecords } from '#shared/document/scales.ts'
import { newId, type IssueId, type PointId } from '#shared/ids.ts'
import { nameIn, parseNumber, type Scale } from '#shared/issues.ts'

interface Props {
  readonly issueId: IssueId
  readonly scale: Scale
}

export const ScalePoints = (props: Props) => {
  const negotiation = useNegotiation()
  const { act, mayEdit, view } = negotiation
  let list: HTMLOListElement | undefined
  const ids = () => props.scale.points.map(({ id }) => id)
  const pointOf = (id: PointId) => props.scale.points.find(point => point.id === id)
  const nameOf = (id: PointId): string => {
    const point = pointOf(id)
    return point ? nameIn(props.scale, point) : ''
  }
  const numberOf = (id: PointId): string => String(pointOf(id)?.value ?? '')
  /** How many positions, ends of ranges and red lines stand on the point. */
  const uses = (id: PointId): number =>
    view
      .partyIds()
      .flatMap(partyId => {
        const { aspiration, stance, walkAway } = view.cell(props.issueId, partyId)
        const lines = view.redLines(props.issueId, partyId)
        return [stance, aspiration, walkAway, ...lines.map(({ point }) => point)]
      })
      .filter(point => point === id).length
  const add = (index?: number): void => {
    const id = newId<PointId>()
    act('add a point to a scale', doc => addPoint(doc, id, props.issueId, '', index))
    queueMicrotask(() =>
      list?.querySelector<HTMLInputElement>(`[data-point="${id}"] input`)?.focus(),
    )
  }
  const remove = (id: PointId, many: number): void => {
    const label = pointOf(id)?.label || 'Unnamed point'
    if (!act('remove a point', doc => pointRecords.remove(doc, id)) || many === 0) return
    offerUndo(
      negotiation,
      `Removed “${label}”: ${many === 1 ? 'what stood on it says' : `the ${many} that stood on it say`} so`,
      () => void negotiation.undo(),
    )
  }
  const setNumber = (id: PointId, typed: string, input: HTMLInputElement | undefined): void => {
    const value = typed.trim() === '' ? null : parseNumber(typed, props.scale.unit)
    if (value === undefined) {
      notify({ tone: 'warning', text: `“${typed}” is no number, so the point keeps its own.` })
      if (input) input.value = numberOf(id)
    } else act('set the number of a point', doc => pointRecords.set(doc, id, { value }))
  }
  const openActions = (id: PointId, index: number, at: Element): void => {
    const many = uses(id)
    const ordered: readonly MenuEntry[] = props.scale.isNumeric
      ? []
      : [
          { label: 'Insert a point below', run: () => add(index) },
          { label: 'Insert a point above', run: () => add(index + 1) },
          null,
          {
            label: 'Lower on the scale',
            disabled: index === 0,
            run: () => void act('move a point', doc => movePoint(doc, id, index - 1)),
          },
          {
            label: 'Higher on the scale',
            disabled: index === props.scale.points.length - 1,
            run: () => void act('move a point', doc => movePoint(doc, id, index + 1)),
          },
          null,
        ]
    openMenu(
      at,
      [
        ...ordered,
        {
          label:
            many === 0
              ? 'Remove'
              : `Remove, and leave ${many === 1 ? 'one position' : `${many} positions`} without a point`,
          danger: true,
          run: () => remove(id, many),
        },
      ],
      'Point of the scale',
    )
  }
  return (
    <>
      <ol class="points" classList={{ numeric: props.scale.isNumeric }} ref={list}>
        <For each={ids()}>
          {(id, index) => {
            let number: HTMLInputElement | undefined
            return (
              <li data-point={id}>
                <Show
                  when={props.scale.isNumeric}
                  fallback={
                    <span class="ladder-step" aria-hidden="true">
                      {index() + 1}
                    </span>
                  }
                >
                  <Line
                    label={`Number of point ${index() + 1}`}
                    ref={input => (number = input)}
                    value={numberOf(id)}
                    placeholder="Number"
                    disabled={!mayEdit()}
                    onWrite={typed => setNumber(id, typed, number)}
                  />
                  <span class="field-note">{props.scale.unit}</span>
                </Show>
                <Line
                  label={`Point ${index() + 1}`}
                  value={nameOf(id)}
                  placeholder={props.scale.isNumeric ? 'Its name, if it has one' : 'Unnamed point'}
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
            )
          }}
        </For>
      </ol>
      <Show when={mayEdit()}>
        <button type="button" class="add" onClick={() => add()}>
          <Icon name="plus" />{' '}
          {props.scale.isNumeric ? 'Add a number' : 'Add a point at the high end'}
        </button>
      </Show>
    </>
  )
}
