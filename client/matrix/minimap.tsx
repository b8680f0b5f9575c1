/** Along the scroll bars: where in the whole sheet the marked rows and columns are. A click goes there. */
import { createMemo, For, Show, type JSX } from 'solid-js'
import { useGrid } from '#client/matrix/grid.ts'
import type { Mark } from '#client/matrix/marks.ts'
import type { Viewport } from '#client/matrix/viewport.ts'
import '#client/matrix/minimap.css'

type Kind = Mark['kind']

/** Thinner ones nobody sees. */
const THINNEST = 3

interface Strip {
  readonly kind: Kind
  readonly from: number
  readonly to: number
}

export const Minimap = (props: { readonly viewport: Viewport }) => {
  const { marks, sheet } = useGrid()
  const overview = createMemo(() => marks()?.overview?.())
  const rows = createMemo(() => {
    const kinds = overview()?.rows
    if (!kinds) return []
    return strips(sheet.rowStarts(), props.viewport.room().height, index => {
      const row = sheet.rows()[index]
      return row?.kind === 'issue' ? kinds.get(row.issueId) : undefined
    })
  })
  const columns = createMemo(() => {
    const kinds = overview()?.columns
    if (!kinds) return []
    return strips(sheet.columnStarts(), props.viewport.room().width, index => {
      const party = sheet.columns()[index]
      return party && kinds.get(party)
    })
  })
  const { room, scrollTo, top } = props.viewport
  const goTo = (event: MouseEvent & { readonly currentTarget: Element }, axis: 'x' | 'y'): void => {
    const box = event.currentTarget.getBoundingClientRect()
    if (axis === 'y') {
      const share = (event.clientY - box.top) / Math.max(1, box.height)
      scrollTo(share * (sheet.rowStarts().at(-1) ?? 0) - room().height / 2)
    } else {
      const isRightToLeft = getComputedStyle(event.currentTarget).direction === 'rtl'
      const share = (event.clientX - box.left) / Math.max(1, box.width)
      const along = isRightToLeft ? 1 - share : share
      scrollTo(top(), along * (sheet.columnStarts().at(-1) ?? 0) - room().width / 2)
    }
  }
  const { head, top: heads } = sheet.sizes()
  return (
    <>
      <Show when={rows().length > 0 && (sheet.rowStarts().at(-1) ?? 0) > room().height}>
        <div
          class="minimap rows"
          aria-hidden="true"
          style={{
            'inset-block-start': `${heads}px`,
            'block-size': `${room().height}px`,
            'inset-inline-start': `${props.viewport.width() - 8}px`,
          }}
          onClick={event => goTo(event, 'y')}
        >
          <Strips
            of={rows()}
            place={({ from, to }) => ({ top: px(from), height: px(to - from) })}
          />
        </div>
      </Show>
      <Show when={columns().length > 0 && (sheet.columnStarts().at(-1) ?? 0) > room().width}>
        <div
          class="minimap columns"
          aria-hidden="true"
          style={{
            'inset-inline-start': `${head}px`,
            'inline-size': `${room().width}px`,
            'inset-block-start': `${heads + room().height - 8}px`,
          }}
          onClick={event => goTo(event, 'x')}
        >
          <Strips
            of={columns()}
            place={({ from, to }) => ({
              'inset-inline-start': px(from),
              'inline-size': px(to - from),
            })}
          />
        </div>
      </Show>
    </>
  )
}

const px = (length: number): string => `${length.toFixed(1)}px`

const Strips = (props: {
  readonly of: readonly Strip[]
  readonly place: (strip: Strip) => JSX.CSSProperties
}) => (
  <For each={props.of}>
    {strip => <span class="minimap-strip" data-kind={strip.kind} style={props.place(strip)} />}
  </For>
)

/** Neighbours of one kind are one strip: there are never more of them than there is room. */
const strips = (
  starts: readonly number[],
  room: number,
  kindAt: (index: number) => Kind | undefined,
): readonly Strip[] => {
  const scale = room / Math.max(1, starts.at(-1) ?? 0)
  const found: Strip[] = []
  for (let index = 0; index + 1 < starts.length; index++) {
    const kind = kindAt(index)
    if (!kind) continue
    const from = (starts[index] ?? 0) * scale
    const to = Math.max(from + THINNEST, (starts[index + 1] ?? 0) * scale)
    const last = found.at(-1)
    if (last && last.kind === kind && from <= last.to) found[found.length - 1] = { ...last, to }
    else found.push({ kind, from, to })
  }
  return found
}
