/** Accounts of programs, for administrators: made and closed here; owners give them roles in their trackers. */
import { createResource, createSignal, Show } from 'solid-js'
import { api, wordsOf } from '#client/api.ts'
import { FormDialog } from '#client/account/form-dialog.tsx'
import { Tokens } from '#client/tokens/tokens.tsx'
import { Dialog } from '#client/ui/dialog.tsx'
import { Each } from '#client/ui/each.tsx'
import { notify } from '#client/ui/toaster.tsx'
import { TextField } from '#client/ui/text-field.tsx'
import { valueOf } from '#client/value-of.ts'
import type { ServiceAccount } from '#shared/tokens-api.ts'
import '#client/tokens/tokens.css'

const PATH = '/api/service-accounts'

const ServicesView = () => {
  const [services, { refetch }] = createResource(() => api.get<readonly ServiceAccount[]>(PATH))
  const [isMaking, setMaking] = createSignal(false)
  const [closing, setClosing] = createSignal<ServiceAccount>()
  const close = async ({ accountId }: ServiceAccount): Promise<void> => {
    setClosing(undefined)
    try {
      await api.delete(`${PATH}/${accountId}`)
    } catch (error) {
      notify({ tone: 'warning', text: wordsOf(error) })
    }
    await refetch()
  }
  return (
    <section class="account-part" aria-labelledby="server-services">
      <h2 id="server-services">Service accounts</h2>
      <p class="account-about">
        For programs that work for nobody in particular. They sign in with tokens alone; an owner
        adds them to a tracker like a person, and the history names them as “(service)”.
      </p>
      <p class="account-error" role="alert">
        {services.error ? wordsOf(services.error) : ''}
      </p>
      <p>
        <button type="button" class="button primary" onClick={() => setMaking(true)}>
          New service account
        </button>
      </p>
      <Each of={(valueOf(services) ?? []).map(one => ({ ...one, id: one.accountId }))}>
        {service => (
          <section class="service" aria-label={service().name}>
            <div class="service-head">
              <span>
                <h3 dir="auto">{service().name}</h3>
                <span class="account-value">{rolesIn(service().trackers)}</span>
              </span>
              <button
                type="button"
                class="button"
                aria-label={`Close the service account ${service().name}`}
                onClick={() => setClosing(service())}
              >
                Close
              </button>
            </div>
            <Tokens
              label={`Tokens of ${service().name}`}
              path={`${PATH}/${service().accountId}/tokens`}
              tokens={service().tokens}
              asksPassword={false}
              onChange={() => refetch()}
            />
          </section>
        )}
      </Each>
      <FormDialog
        open={isMaking()}
        title="New service account"
        submit="Make the account"
        send={async ({ name = '' }) => {
          await api.post(PATH, { name })
          setMaking(false)
          await refetch()
        }}
        onClose={() => setMaking(false)}
      >
        {form => (
          <TextField
            label="Name"
            name="name"
            required
            maxlength={80}
            hint="As the history is to name it."
            error={form.fault('name')}
          />
        )}
      </FormDialog>
      <Show when={closing()}>
        {service => (
          <Dialog open title={`Close ${service().name}?`} onClose={() => setClosing(undefined)}>
            <p>
              Its tokens end at once, and it leaves its trackers. What it wrote stays under its
              name. This cannot be taken back.
            </p>
            <div class="inset-form-end">
              <button type="button" class="button danger" onClick={() => void close(service())}>
                Close the account
              </button>
              <button type="button" class="button" onClick={() => setClosing(undefined)}>
                Cancel
              </button>
            </div>
          </Dialog>
        )}
      </Show>
    </section>
  )
}
export default ServicesView

const rolesIn = (trackers: number): string =>
  trackers === 0 ? 'In no tracker' : trackers === 1 ? 'In one tracker' : `In ${trackers} trackers`
