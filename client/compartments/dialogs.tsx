/** The dialogs about compartments, whichever is asked for. */
import { Match, Switch } from 'solid-js'
import { asked, setAsked, type Asked } from '#client/compartments/asked.ts'
import { CompartmentsDialog } from '#client/compartments/compartments-dialog.tsx'
import { MoveDialog } from '#client/compartments/move-dialog.tsx'

const Dialogs = () => {
  const close = (): void => void setAsked(undefined)
  const moving = (): Extract<Asked, { is: 'move' }> | undefined => {
    const what = asked()
    return what?.is === 'move' ? what : undefined
  }
  return (
    <Switch>
      <Match when={moving()} keyed>
        {({ called, subject }) => <MoveDialog subject={subject} called={called} onClose={close} />}
      </Match>
      <Match when={asked()?.is === 'compartments'}>
        <CompartmentsDialog onClose={close} />
      </Match>
    </Switch>
  )
}
export default Dialogs
