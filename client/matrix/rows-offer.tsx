/** Asks, before a paste that is higher than the sheet, whether to add the missing rows. */
import { Show } from 'solid-js'
import type { RowsOffer } from '#client/matrix/grid.ts'
import { Dialog } from '#client/ui/dialog.tsx'

interface Props {
  readonly offer: RowsOffer | undefined
  readonly onDone: () => void
}

export const RowsOfferDialog = (props: Props) => (
  <Show when={props.offer} keyed>
    {offer => {
      const answer = (addRows: boolean): void => {
        props.onDone()
        offer.paste(addRows)
      }
      const rows = offer.rows === 1 ? 'One row' : `${offer.rows} rows`
      return (
        <Dialog open title={`${rows} too many`} onClose={() => props.onDone()}>
          <p>
            {rows} of what you paste {offer.rows === 1 ? 'has' : 'have'} no issue to go to.
          </p>
          <div class="dialog-actions">
            <button type="button" class="button" onClick={() => answer(false)}>
              Paste what fits
            </button>
            <button type="button" class="button primary" onClick={() => answer(true)}>
              {offer.rows === 1 ? 'Add an issue' : `Add ${offer.rows} issues`}
            </button>
          </div>
        </Dialog>
      )
    }}
  </Show>
)
