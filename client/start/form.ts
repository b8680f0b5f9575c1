/** What the forms of the start pages share: faults said beside the field, focus on the first one, one send at a time. */
import { createSignal } from 'solid-js'
import { Refused, wordsOf } from '#client/api.ts'

export type Values = Readonly<Record<string, string>>

export interface Form {
  /** What is wrong with the field of this name. */
  readonly fault: (name: string) => string | undefined
  /** What is wrong with the whole. */
  readonly failure: () => string
  readonly busy: () => boolean
  readonly onSubmit: (event: SubmitEvent) => void
}

/** `blame`: the field that a refusal of the server is about. */
export const createForm = (
  send: (values: Values) => Promise<void>,
  blame: (refusal: Refused) => string | undefined = () => undefined,
): Form => {
  const [faults, setFaults] = createSignal<Values>({})
  const [failure, setFailure] = createSignal('')
  const [busy, setBusy] = createSignal(false)

  const submit = async (form: HTMLFormElement): Promise<void> => {
    const found = faultsOf(form)
    setFaults(found)
    setFailure('')
    focusFirst(form, found)
    if (Object.keys(found).length > 0 || busy()) return
    setBusy(true)
    try {
      await send(Object.fromEntries(fields(form).map(({ name, value }) => [name, value])))
    } catch (error) {
      const blamed = error instanceof Refused ? blame(error) : undefined
      if (blamed) setFaults({ [blamed]: wordsOf(error) })
      else setFailure(wordsOf(error))
      focusFirst(form, faults())
    } finally {
      setBusy(false)
    }
  }
  return {
    fault: name => faults()[name],
    failure,
    busy,
    onSubmit: event => {
      event.preventDefault()
      void submit(event.currentTarget as HTMLFormElement)
    },
  }
}

const fields = (form: HTMLFormElement): readonly HTMLInputElement[] =>
  [...form.querySelectorAll<HTMLInputElement>('input[name]')].filter(
    input => input.type !== 'radio' || input.checked,
  )

const faultsOf = (form: HTMLFormElement): Values =>
  Object.fromEntries(
    fields(form).flatMap(input => {
      const fault = faultOf(input)
      return fault ? [[input.name, fault]] : []
    }),
  )

const faultOf = (input: HTMLInputElement): string | undefined => {
  const value = input.type === 'password' ? input.value : input.value.trim()
  const what = input.labels?.[0]?.textContent?.toLowerCase() ?? 'this'
  if (input.required && value === '') return `Enter ${article(what)}.`
  if (input.type === 'email' && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(value))
    return 'This is no e-mail address; one looks like name@example.org.'
  // The browser's own check lets a value pass that was filled in by the browser.
  if (value !== '' && value.length < input.minLength)
    return `Use at least ${input.minLength} characters.`
  return undefined
}

const article = (what: string): string => (/^[aeiou]/.test(what) ? `an ${what}` : `a ${what}`)

const focusFirst = (form: HTMLFormElement, faults: Values): void =>
  fields(form)
    .find(({ name }) => name in faults)
    ?.focus()
