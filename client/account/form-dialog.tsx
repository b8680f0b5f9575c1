/** A dialog with one form in it, which is closed once the server has taken what was entered. */
import { Show, type JSX } from 'solid-js'
import { Submit } from '#client/start/account-fields.tsx'
import { createForm, type Form, type Values } from '#client/start/form.ts'
import { Dialog } from '#client/ui/dialog.tsx'
import type { Refused } from '#client/api.ts'
import '#client/account/account.css'

interface FormDialogProps {
  readonly open: boolean
  readonly title: string
  readonly submit: string
  readonly send: (values: Values) => Promise<void>
  /** The field that a refusal of the server is about. */
  readonly blame?: (refusal: Refused) => string | undefined
  readonly onClose: () => void
  readonly children: (form: Form) => JSX.Element
}

export const FormDialog = (props: FormDialogProps) => (
  <Dialog open={props.open} title={props.title} onClose={() => props.onClose()}>
    <Show when={props.open}>
      <Inside {...props} />
    </Show>
  </Dialog>
)

const Inside = (props: FormDialogProps) => {
  const form = createForm(
    values => props.send(values),
    refusal => props.blame?.(refusal),
  )
  return (
    <form class="new-tracker" noValidate onSubmit={form.onSubmit} aria-label={props.title}>
      {props.children(form)}
      <Submit form={form} label={props.submit} busy="One moment…" />
    </form>
  )
}
