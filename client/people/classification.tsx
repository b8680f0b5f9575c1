/** The line that every export, printed page and shared page of the tracker carries, for its owners to set. */
import { createSignal } from 'solid-js'
import { api } from '#client/api.ts'
import { classificationOf, heardClassification } from '#client/classification.ts'
import { useNegotiation } from '#client/live/negotiation.ts'
import { createForm } from '#client/start/form.ts'
import { TextField } from '#client/ui/text-field.tsx'
import type { TrackerEntry } from '#shared/api.ts'

export const Classification = () => {
  const { trackerId } = useNegotiation()
  const [saved, setSaved] = createSignal(false)
  const form = createForm(
    async ({ classification = '' }) => {
      const { classification: line } = await api.patch<TrackerEntry>(`/api/trackers/${trackerId}`, {
        classification,
      })
      heardClassification(trackerId, line)
      setSaved(true)
    },
    () => 'classification',
  )
  return (
    <section class="share-part" aria-labelledby="share-classification">
      <h3 id="share-classification">Classification</h3>
      <form class="share-classify" novalidate onSubmit={form.onSubmit}>
        <TextField
          label="Line on everything that leaves"
          name="classification"
          value={classificationOf(trackerId)}
          maxlength={120}
          placeholder="None"
          hint="Exports, printed pages and shared pages carry it, as “Confidential, delegation only”."
          error={form.fault('classification') ?? form.failure()}
          onInput={() => setSaved(false)}
        />
        <button type="submit" class="button small" disabled={form.busy()}>
          {saved() ? 'Saved' : 'Save'}
        </button>
        <span class="unseen" role="status">
          {saved() ? 'Saved' : ''}
        </span>
      </form>
    </section>
  )
}
