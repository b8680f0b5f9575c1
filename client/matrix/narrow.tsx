/** The matrix on a small screen: one party or one issue at a time. */
import type { MatrixView } from '#client/live/binding.ts'
import type { Marks } from '#client/matrix/marks.ts'
import type { Preferences } from '#client/matrix/preferences.ts'
import type { Selection } from '#client/matrix/selection.ts'

interface Props {
  readonly view: MatrixView
  readonly marks: Marks | undefined
  readonly selection: Selection
  readonly preferences: Preferences
}

export default function Narrow(props: Props) {
  return <div>{props.view.title()}</div>
}
