/** Signing in with a passkey: in the list under the field of the address where browsers have one, and by a button. */
import { createSignal, onCleanup, onMount } from 'solid-js'
import { api, OFFLINE, Refused, wordsOf } from '#client/api.ts'
import { askForKey, hasKeyList, keyWordsOf, type AskOptions } from '#client/account/keys.ts'
import { refetchSession } from '#client/session.ts'

const PasskeySignIn = () => {
  const [failure, setFailure] = createSignal('')
  let isGone = false
  onCleanup(() => (isGone = true))

  // The browser has one question open at a time, and the server expects an answer to the last one that it gave out:
  // whoever asks later, asks alone.
  let turn = 0
  let asked: Promise<unknown> = Promise.resolve()
  const enter = async (where: 'list' | 'question'): Promise<void> => {
    const mine = ++turn
    const ask = (): Promise<AskOptions> => api.post<AskOptions>('/api/auth/passkey/options')
    const asking = asked.then(ask, ask)
    asked = asking
    const options = await asking
    if (mine !== turn || isGone) return
    const response = await askForKey(options, where)
    await api.post('/api/auth/passkey', { response })
    await refetchSession()
  }
  /** Until somebody chooses one there; a question of the button's ends it. */
  const offer = async (): Promise<void> => {
    const before = turn
    try {
      if ((await hasKeyList()) && before === turn) await enter('list')
    } catch (error) {
      if (isGone || !(error instanceof Refused)) return
      if (error.message !== OFFLINE) setFailure(error.message)
    }
  }
  onMount(() => void offer())
  const ask = async (): Promise<void> => {
    setFailure('')
    try {
      await enter('question')
    } catch (error) {
      setFailure(keyWordsOf(error) ?? wordsOf(error))
      void offer()
    }
  }
  return (
    <div class="start-key">
      <button type="button" class="button start-submit" onClick={() => void ask()}>
        Sign in with a passkey
      </button>
      <p class="start-failure" role="alert">
        {failure()}
      </p>
    </div>
  )
}
export default PasskeySignIn
