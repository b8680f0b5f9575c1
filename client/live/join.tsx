/** Takes part in a tracker: waits for its document, and lives through what the server refuses. */
import { useNavigate } from '@solidjs/router'
import {
  createEffect,
  createMemo,
  createResource,
  createSignal,
  Match,
  on,
  onCleanup,
  onMount,
  Show,
  Switch,
  untrack,
  type JSX,
} from 'solid-js'
import { api, Refused, wordsOf } from '#client/api.ts'
import { heardClassification } from '#client/classification.ts'
import { Gone, Skeleton, SignedOut, Unreachable } from '#client/live/join-states.tsx'
import { notifyKept } from '#client/live/kept-words.ts'
import { NegotiationContext, type Link } from '#client/live/negotiation.ts'
import { openTracker, type Opened } from '#client/live/open.ts'
import { redactedWords, watchRedactions, whenPausing } from '#client/live/redacted.ts'
import { presentAccount, refetchSession, session } from '#client/session.ts'
import { notify } from '#client/ui/toaster.tsx'
import { valueOf } from '#client/value-of.ts'
import { CLOSES, ROLE_LABELS, type Role } from '#shared/access.ts'
import type { ApiSession, TrackerEntry } from '#shared/api.ts'
import type { TrackerId } from '#shared/ids.ts'
import type { PresentAccount } from '#shared/presence.ts'

interface Props {
  readonly trackerId: TrackerId
  /** What is on the screen once the document is there; made anew if a fresh document has to replace it. */
  readonly children: JSX.Element
}

export const JoinNegotiation = (props: Props) => {
  const navigate = useNavigate()
  const goSignIn = (): void => {
    const page = valueOf(session)?.firstVisit ? '/welcome' : '/sign-in'
    navigate(`${page}?return=${encodeURIComponent(location.pathname + location.search)}`)
  }
  const me = createMemo<PresentAccount | undefined>(
    () => {
      const is = valueOf(session)
      return is && presentAccount(is)
    },
    undefined,
    { equals: (a, b) => a?.id === b?.id && a?.name === b?.name && a?.colour === b?.colour },
  )
  createEffect(() => {
    if (session.state === 'ready' && !me()) goSignIn()
  })
  return (
    <Switch fallback={<Skeleton />}>
      <Match when={session.error !== undefined}>
        <Unreachable words={wordsOf(session.error)} onRetry={() => void refetchSession()} />
      </Match>
      <Match when={me()} keyed>
        {account => (
          <Show when={props.trackerId} keyed>
            {trackerId => (
              <Live
                trackerId={trackerId}
                me={account}
                // Another tab may have signed out: this page learns who it is before it goes anywhere.
                onSignedOut={() => void refetchSession()}
              >
                {props.children}
              </Live>
            )}
          </Show>
        )}
      </Match>
    </Switch>
  )
}

interface LiveProps extends Props {
  readonly me: PresentAccount
  readonly onSignedOut: () => void
}

const Live = (props: LiveProps) => {
  const [entry, { refetch }] = createResource(() => fetchEntry(props.trackerId))
  const known = (): TrackerEntry | undefined => valueOf(entry)
  const [role, setRole] = createSignal<Role>('viewer')
  const [shown, setShown] = createSignal<Opened>()
  const [coming, setComing] = createSignal<Opened>()
  const [trouble, setTrouble] = createSignal<'gone' | 'signed out' | Error>()
  const [kept, setKept] = createSignal('')

  const enter = (): void => {
    coming()?.dispose()
    setComing(openTracker(props.trackerId, props.me, role, () => void refetch()))
  }
  const again = async (): Promise<void> => {
    setTrouble(undefined)
    await refetch()
  }

  createEffect(() => {
    const is = known()
    if (!is) return
    setRole(is.role)
    heardClassification(props.trackerId, is.classification)
    if (!untrack(shown) && !untrack(coming)) enter()
  })

  createEffect(() => {
    const next = coming()
    const before = untrack(shown)
    if (!next?.negotiation.loaded() || (before && holdsUnsaved(before))) return
    before?.dispose()
    setShown(next)
    setComing(undefined)
  })

  const watchLink = (opened: () => Opened | undefined): void =>
    createEffect(
      on(
        () => opened()?.negotiation.link(),
        (link, before) => {
          const which = opened()
          if (which && link?.at === 'refused') void refused(which, link)
          // A change of my role while I was away: it is also asked for when the window is come back to.
          else if (link?.at === 'live' && before?.at === 'offline') void refetch()
        },
      ),
    )
  watchLink(shown)
  watchLink(coming)

  watchRedactions(shown, async (opened, redaction) => {
    // What was deleted, or is deleted now, would be back as new words.
    const { undoManager } = opened.negotiation
    undoManager.clear()
    undoManager.on('stack-item-added', () => undoManager.clear())
    await whenPausing()
    if (opened !== shown()) return
    void refetch()
    // Who did it hears of it from the dialog.
    if (redaction.by !== props.me.name) notify({ text: redactedWords(redaction) })
    enter()
  })

  const refused = async (which: Opened, link: Link & { at: 'refused' }): Promise<void> => {
    const waited = which.isWaiting()
    setKept(waited ? which.unsavedWords() : '')
    switch (link.code) {
      case CLOSES.signedOut.code:
        if (waited) setTrouble('signed out')
        else props.onSignedOut()
        return
      case CLOSES.notFound.code:
        setTrouble('gone')
        return
    }
    if (which !== shown()) {
      setTrouble(new Error(link.reason))
      return
    }
    await refetch()
    notifyKept(explain(link.code, link.reason, waited), kept())
    enter()
  }

  const explain = (code: number, reason: string, waiting: boolean): string => {
    switch (code) {
      case CLOSES.notAllowed.code:
        return `Your role here is ${ROLE_LABELS[role()]} now. ${
          waiting ? 'What was not yet saved has been undone.' : 'You can go on reading.'
        }`
      case CLOSES.tooLarge.code:
        return 'Your last change was too large for the server and has been undone. Make it in smaller parts.'
      case CLOSES.newerLayout.code:
        return 'This tracker was changed by a newer version of Parley. Here it can be read; load the page again to edit.'
      default:
        return `The server could not take your last change, and it has been undone. ${reason}`
    }
  }

  const comeBackSignedIn = async (): Promise<void> => {
    const now = await api.get<ApiSession>('/api/session').catch(() => undefined)
    if (now?.account?.id !== props.me.id) return
    setTrouble(undefined)
    shown()?.reconnect()
  }
  const onFocus = (): void => {
    if (trouble() === 'signed out') void comeBackSignedIn()
    else if (shown()) void refetch()
  }
  onMount(() => addEventListener('focus', onFocus))
  onCleanup(() => {
    removeEventListener('focus', onFocus)
    coming()?.dispose()
    shown()?.dispose()
  })

  const failure = (): Error | undefined => {
    const is = trouble()
    if (is instanceof Error) return is
    const { error } = entry
    return shown() || error === undefined ? undefined : (error as Error)
  }
  const isGone = (): boolean => {
    const error = failure()
    return trouble() === 'gone' || (error instanceof Refused && error.status === 404)
  }

  return (
    <Switch fallback={<Skeleton title={known()?.title} />}>
      <Match when={isGone()}>
        <Gone unsaved={kept()} />
      </Match>
      <Match when={failure()}>
        {error => <Unreachable words={error().message} onRetry={() => void again()} />}
      </Match>
      <Match when={shown()} keyed>
        {opened => (
          <NegotiationContext.Provider value={opened.negotiation}>
            {props.children}
            <SignedOut
              open={trouble() === 'signed out'}
              unsaved={kept()}
              onBack={() => void comeBackSignedIn()}
            />
          </NegotiationContext.Provider>
        )}
      </Match>
    </Switch>
  )
}

/** Something that may still reach the server. */
const holdsUnsaved = ({ negotiation }: Opened): boolean =>
  negotiation.link().at !== 'refused' && ['saving', 'not_saved'].includes(negotiation.status())

/** From my list, which is small, rather than the tracker itself, which comes over the socket. */
const fetchEntry = async (trackerId: TrackerId): Promise<TrackerEntry> => {
  const mine = await api.get<readonly TrackerEntry[]>('/api/trackers')
  const entry = mine.find(({ id }) => id === trackerId)
  if (!entry) throw new Refused(404, 'not_found', CLOSES.notFound.reason)
  return entry
}
