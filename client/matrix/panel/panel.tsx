/** Beside the matrix: the whole of what is selected. */
import type { MatrixView } from '#client/live/binding.ts'
import type { Preferences } from '#client/matrix/preferences.ts'
import type { Selection } from '#client/matrix/selection.ts'

export interface PanelProps {
  readonly view: MatrixView
  readonly selection: Selection
  readonly preferences: Preferences
  readonly onClose: () => void
}

export default function Panel(props: PanelProps) {
  return <aside class="panel">{props.selection.active().row}</aside>
}
