/** A small form in the panel: its fields, what is wrong with them, and one send at a time, after which it goes away. */
import {
  createContext,
  createSignal,
  createUniqueId,
  onMount,
  Show,
  useContext,
  type Accessor,
  type JSX,
} from 'solid-js'
import { wordsOf } from '#client/api.ts'

/** Whether the form around a field has been sent once: nobody is told what is missing before. */
const Tried = createContext<Accessor<boolean>>(() => false)

interface PanelFormProps {
  readonly label: string
  /** What the button says. */
  readonly verb: string
  readonly busy?: string
  readonly onSubmit: () => Promise<unknown>
  readonly onDone: () => void
  readonly children: JSX.Element
}

export const PanelForm = (props: PanelFormProps) => {
  const [busy, setBusy] = createSignal(false)
  const [fault, setFault] = createSignal('')
  const [tried, setTried] = createSignal(false)
  let form: HTMLFormElement | undefined
  onMount(() => form?.querySelector<HTMLInputElement>('.input')?.select())

  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    setTried(true)
    const wrong = form?.querySelector<HTMLElement>('[aria-invalid=true]')
    wrong?.focus()
    if (busy() || wrong) return
    setBusy(true)
    setFault('')
    try {
      await props.onSubmit()
      props.onDone()
    } catch (error) {
      setFault(wordsOf(error))
    } finally {
      setBusy(false)
    }
  }
  const keys = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      props.onDone()
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      form?.requestSubmit()
    }
  }
  return (
    <form
      ref={form}
      class="history-form"
      aria-label={props.label}
      onSubmit={event => void submit(event)}
      onKeyDown={keys}
    >
      <Tried.Provider value={tried}>{props.children}</Tried.Provider>
      <Show when={fault()}>
        <p class="history-fault" role="alert">
          {fault()}
        </p>
      </Show>
      <div class="history-form-foot">
        <button type="submit" class="button primary" disabled={busy()}>
          {props.verb}
        </button>
        <button type="button" class="button quiet" onClick={() => props.onDone()}>
          Cancel
        </button>
        <Show when={busy()}>
          <span class="history-busy" role="status">
            {props.busy ?? 'Saving …'}
          </span>
        </Show>
      </div>
    </form>
  )
}

interface PanelFieldProps {
  readonly label: string
  readonly value: string
  readonly onInput: (value: string) => void
  /** Characters. What is too long is said, not cut: a pasted end would go unseen. */
  readonly most: number
  readonly lines?: number
  readonly placeholder?: string
  /** What to say where nothing is entered and something must be. */
  readonly needed?: string
}

export const PanelField = (props: PanelFieldProps) => {
  const id = createUniqueId()
  const tried = useContext(Tried)
  const fault = (): string => {
    const { length } = props.value.trim()
    if (length === 0) return (tried() && props.needed) || ''
    const over = length - props.most
    return over > 0 ? `${over} too many: at most ${props.most} characters fit.` : ''
  }
  const shared = {
    id,
    class: 'input',
    dir: 'auto',
    get placeholder() {
      return props.placeholder
    },
    get value() {
      return props.value
    },
    get 'aria-invalid'() {
      return fault() === '' ? undefined : true
    },
    'aria-describedby': `${id}-fault`,
  } as const
  return (
    <div class="history-field">
      <label for={id}>{props.label}</label>
      <Show
        when={props.lines}
        fallback={
          <input
            {...shared}
            autocomplete="off"
            onInput={event => props.onInput(event.currentTarget.value)}
          />
        }
      >
        {lines => (
          <textarea
            {...shared}
            rows={lines()}
            onInput={event => props.onInput(event.currentTarget.value)}
          />
        )}
      </Show>
      {/* Always there, so that a message that appears is announced. */}
      <p class="history-fault" id={`${id}-fault`} aria-live="polite">
        {fault()}
      </p>
    </div>
  )
}
