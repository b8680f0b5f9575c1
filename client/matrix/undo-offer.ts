/** A notice that offers to undo my last step, for as long as undo would take back that very step. */
import type { Negotiation } from '#client/live/negotiation.ts'
import { notify } from '#client/ui/toaster.tsx'

export const offerUndo = (
  { undoManager }: Pick<Negotiation, 'undoManager'>,
  text: string,
  undo: () => void,
): void => {
  const withdraw = (): void => {
    dismiss()
    undoManager.off('stack-item-added', withdraw)
    undoManager.off('stack-item-popped', withdraw)
  }
  const run = (): void => {
    withdraw()
    undo()
  }
  const dismiss = notify({ text, action: { label: 'Undo', run } })
  undoManager.on('stack-item-added', withdraw)
  undoManager.on('stack-item-popped', withdraw)
}
