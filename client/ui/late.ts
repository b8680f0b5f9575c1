/**
 * Parts of the client that are fetched when they are needed. One that cannot be fetched costs a wait, not the page:
 * where the network is lost it is asked for again; where the server has a newer client, which no longer holds this
 * page's parts, the page loads itself again.
 */
import { lazy, type JSX } from 'solid-js'
import { notify } from '#client/ui/toaster.tsx'

const FIRST_PAUSE = 500
const LONGEST_PAUSE = 8_000

/** As Solid's `lazy`, of a part that is waited for until it is there. */
export const late = <Props extends object>(
  load: () => Promise<{ default: (props: Props) => JSX.Element }>,
) => lazy(() => persist(load))

/** Answers what `load` answers, however often it has to be asked. */
export const persist = async <T>(load: () => Promise<T>): Promise<T> => {
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    try {
      return await load()
    } catch {
      await onlineOrAfter(pause)
    }
  }
}

/** Once the page has nothing else to do: for what it does not need to be read. */
export const whenIdle = (run: () => void): void => {
  const ask = globalThis.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 500))
  ask(run, { timeout: 2_000 })
}

const onlineOrAfter = (pause: number): Promise<void> =>
  new Promise(resolve => {
    const go = (): void => {
      clearTimeout(timer)
      removeEventListener('online', go)
      resolve()
    }
    const timer = setTimeout(go, pause)
    addEventListener('online', go)
  })

export interface Surroundings {
  /** Whether the server answers at all: a part that is missing then is gone for good. */
  readonly isReachable: () => Promise<boolean>
  /** Whether the page can be left without losing anything. */
  readonly isSaved: () => boolean
  readonly reload: () => void
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>
}

const RELOADED = 'parley:reloaded-for'

/** Loads the page again, by itself once and only when all is saved, where a part of it is gone from the server. */
export const reloadWhenOutdated = (around: Surroundings = page): (() => void) => {
  let decided = false
  const onMissing = async (event: Event): Promise<void> => {
    const part = String((event as Event & { readonly payload?: unknown }).payload)
    if (decided || !(await around.isReachable()) || decided) return
    decided = true
    // The same part missing again after that is no matter of age.
    if (around.isSaved() && around.storage.getItem(RELOADED) !== part) {
      around.storage.setItem(RELOADED, part)
      around.reload()
    } else
      notify({
        tone: 'warning',
        text: 'A part of this page cannot be had from the server; it may have been updated. Load the page again when your work is saved.',
        action: { label: 'Load again', run: around.reload },
      })
  }
  const listener = (event: Event): void => void onMissing(event)
  addEventListener('vite:preloadError', listener)
  return () => removeEventListener('vite:preloadError', listener)
}

const page: Surroundings = {
  isReachable: async () => {
    try {
      return (await fetch('/', { method: 'HEAD', cache: 'no-store' })).ok
    } catch {
      return false
    }
  },
  // The word on whether my work is safe; a page without it has no work to lose.
  isSaved: () => {
    const word = document.querySelector<HTMLElement>('[data-status]')?.dataset['status']
    return word === undefined || word === 'saved'
  },
  reload: () => location.reload(),
  storage: sessionStorage,
}
