/** A new tracker: a title, and what it begins with. */
import { useNavigate } from '@solidjs/router'
import { For } from 'solid-js'
import { api } from '#client/api.ts'
import { Submit } from '#client/start/account-fields.tsx'
import { createForm } from '#client/start/form.ts'
import { Dialog } from '#client/ui/dialog.tsx'
import { TextField } from '#client/ui/text-field.tsx'
import type { TemplateName, TrackerEntry } from '#shared/api.ts'
import '#client/start/new-tracker.css'

interface Template {
  readonly name: TemplateName
  readonly label: string
  readonly about: string
}

const TEMPLATES: readonly Template[] = [
  { name: 'empty', label: 'Empty', about: 'No issues and no parties yet; you bring your own.' },
  {
    name: 'nuclear',
    label: 'Nuclear talks',
    about: 'Enrichment, verification, sanctions relief, guarantees and the format of the talks.',
  },
  {
    name: 'trade',
    label: 'Trade agreement',
    about: 'Tariffs, services, rules of origin, subsidies, labour and climate, disputes.',
  },
  {
    name: 'labour',
    label: 'Collective bargaining',
    about: 'Pay, working time, dismissals, outsourcing, term and industrial peace.',
  },
  {
    name: 'peace',
    label: 'Peace process',
    about: 'Ceasefire, disarmament, interim government, justice, return, reconstruction.',
  },
]

export const NewTrackerDialog = (props: {
  readonly open: boolean
  readonly onClose: () => void
}) => (
  <Dialog open={props.open} title="New tracker" wide onClose={() => props.onClose()}>
    <NewTrackerForm />
  </Dialog>
)

const NewTrackerForm = () => {
  const navigate = useNavigate()
  const form = createForm(async values => {
    const { id } = await api.post<TrackerEntry>('/api/trackers', values)
    navigate(`/t/${id}`)
  })
  return (
    <form class="new-tracker" noValidate onSubmit={form.onSubmit} aria-label="New tracker">
      <TextField
        label="Title"
        name="title"
        required
        maxlength="200"
        autofocus
        autocomplete="off"
        placeholder="As “Water talks, second round”"
        error={form.fault('title')}
      />
      <fieldset class="templates">
        <legend>Begin with</legend>
        <For each={TEMPLATES}>
          {template => (
            <label class="template">
              <input
                type="radio"
                name="template"
                value={template.name}
                checked={template.name === 'empty'}
              />
              <span>
                <b>{template.label}</b>
                <span class="template-about">{template.about}</span>
              </span>
            </label>
          )}
        </For>
      </fieldset>
      <p class="template-about">
        A template brings issues with their scales, grouped in baskets. Everything can be changed.
      </p>
      <Submit form={form} label="Create tracker" busy="Creating…" />
    </form>
  )
}
