/** The tracker's classification line, on what is printed. */
import { Show } from 'solid-js'
import { classificationOf } from '#client/classification.ts'
import { useNegotiation } from '#client/live/negotiation.ts'
import '#client/people/classified.css'

export const Classified = () => {
  const { trackerId } = useNegotiation()
  return (
    <Show when={classificationOf(trackerId)}>
      {line => (
        <p class="classified" dir="auto">
          {line()}
        </p>
      )}
    </Show>
  )
}
