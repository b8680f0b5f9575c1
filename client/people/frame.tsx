/** What stands around a tracker on every one of its tabs: its name, its places, who is here, and whether all is saved. */
import { A } from '@solidjs/router'
import { createEffect, createSignal, For, Show, Suspense, type JSX } from 'solid-js'
import { useNegotiation } from '#client/live/negotiation.ts'
import { asked, setAsked } from '#client/compartments/asked.ts'
import { AccountMenu } from '#client/people/account-menu.tsx'
import { exportEntries, importCsv } from '#client/people/files.ts'
import { createFollowing } from '#client/people/following.ts'
import { People } from '#client/people/people.tsx'
import { StatusWord } from '#client/people/status.tsx'
import { TrackerTitle } from '#client/people/tracker-title.tsx'
import { Icon } from '#client/ui/icon.tsx'
import { late } from '#client/ui/late.ts'
import { MenuButton, type MenuEntry } from '#client/ui/menu.tsx'
import { may } from '#shared/access.ts'
import { LAYOUT, layoutOf } from '#shared/document/layout.ts'
import type { Place } from '#shared/presence.ts'
import '#client/people/frame.css'

const ShareDialog = late(() => import('#client/people/share-dialog.tsx'))
const CompartmentDialogs = late(() => import('#client/compartments/dialogs.tsx'))

interface Tab<Name extends string> {
  readonly name: Name
  readonly label: string
  readonly keys?: string
  /** What its number counts, for those who hear it. */
  readonly counted?: string
}

interface Props<Name extends string> {
  readonly tabs: readonly Tab<Name>[]
  readonly tab: Name
  readonly onTab: (name: Name) => void
  /** How much there is to look at in a place. */
  readonly countOf?: (name: Name) => number
  /** Brings the cell or issue into view and makes it the active one. */
  readonly onJump: (place: Place) => void
  /** What else can be done with the tracker, under the three dots. */
  readonly menu?: () => readonly MenuEntry[]
  readonly children: JSX.Element
}

export const Frame = <Name extends string>(props: Props<Name>) => {
  const negotiation = useNegotiation()
  const following = createFollowing(negotiation, place => props.onJump(place))
  const [sharing, setSharing] = createSignal(false)
  const stopFollowing = (): void => {
    if (following.followed()) following.follow(undefined)
  }
  const compartmentEntries = (): readonly MenuEntry[] =>
    may(negotiation.role(), 'manage') || negotiation.compartments.known().compartments.length > 0
      ? [null, { label: 'Compartments …', run: () => setAsked({ is: 'compartments' }) }]
      : []
  const entries = (): readonly MenuEntry[] => [
    ...(props.menu ? [...props.menu(), null] : []),
    {
      label: 'Import positions (CSV)…',
      disabled: !negotiation.mayEdit(),
      run: () => importCsv(negotiation.trackerId),
    },
    ...exportEntries(negotiation.trackerId),
    ...compartmentEntries(),
  ]
  createEffect(() => {
    document.title = `${negotiation.view.title()} · Parley`
  })

  return (
    <div class="frame">
      <header class="frame-bar">
        <div class="frame-place">
          <A class="frame-home" href="/" data-tip="All trackers">
            Parley
          </A>
          <span class="frame-turn" aria-hidden="true">
            <Icon name="right" />
          </span>
          <TrackerTitle />
          <MenuButton
            class="button quiet icon small"
            label="More about this tracker"
            entries={entries}
          >
            <Icon name="more" />
          </MenuButton>
          <ReadOnly />
          <Withheld />
        </div>
        <nav class="frame-tabs" aria-label="Places in this tracker">
          <For each={props.tabs}>
            {tab => (
              <button
                type="button"
                class="frame-tab"
                aria-current={tab.name === props.tab ? 'page' : undefined}
                data-tip={tab.keys ? tab.label : undefined}
                data-keys={tab.keys}
                onClick={() => props.onTab(tab.name)}
              >
                {tab.label}{' '}
                <Show when={props.countOf?.(tab.name)}>
                  <span class="count">
                    {props.countOf?.(tab.name)}
                    <span class="unseen"> {tab.counted}</span>
                  </span>
                </Show>
              </button>
            )}
          </For>
        </nav>
        <div class="frame-people">
          <Show when={following.followed()}>
            {person => (
              <button
                type="button"
                class="button quiet small following"
                data-tip="Stop following; so does anything you do in the matrix"
                onClick={stopFollowing}
              >
                <span dir="auto">Following {person().account.name}</span>
                <Icon name="close" />
              </button>
            )}
          </Show>
          <People following={following} onJump={place => props.onJump(place)} />
          <button type="button" class="button small" onClick={() => setSharing(true)}>
            {may(negotiation.role(), 'manage') ? 'Invite' : 'Members'}
          </button>
        </div>
        <div class="frame-end">
          <StatusWord />
          <AccountMenu />
        </div>
      </header>
      {/* Whatever I do myself ends following. */}
      <main class="frame-main" onPointerDown={stopFollowing} onKeyDown={stopFollowing}>
        {/* A chunk that is still coming takes its place off the screen, not the bar and its dialogs. */}
        <Suspense>{props.children}</Suspense>
      </main>
      <Show when={asked()}>
        <Suspense>
          <CompartmentDialogs />
        </Suspense>
      </Show>
      <Show when={sharing()}>
        <Suspense>
          <ShareDialog onClose={() => setSharing(false)} />
        </Suspense>
      </Show>
    </div>
  )
}

const ReadOnly = () => {
  const { doc, link, mayEdit, role, view } = useNegotiation()
  const why = (): string => {
    view.title()
    if (layoutOf(doc) > LAYOUT)
      return 'A newer version of Parley wrote this tracker. Load the page again to edit; until then it can be read.'
    if (!may(role(), 'edit'))
      return `You are a ${role()} here. An owner of this tracker can let you edit.`
    const is = link()
    return is.at === 'refused' ? is.reason : 'It cannot be edited now.'
  }
  return (
    <Show when={!mayEdit()}>
      <span class="frame-read-only" data-tip={why()} tabindex="0">
        Read only
        <span class="unseen">. {why()}</span>
      </span>
    </Show>
  )
}

/** That there is more than is shown here, where its owner lets everybody know. */
const Withheld = () => {
  const { compartments } = useNegotiation()
  const many = (): number => compartments.known().withheld
  return (
    <Show when={many() > 0}>
      <span
        class="frame-read-only frame-withheld"
        data-tip="A part of this tracker is kept for some of its members"
        tabindex="0"
      >
        <Icon name="lock" /> {many()}
        <span class="frame-withheld-word"> withheld</span>
        <span class="unseen">. A part of this tracker is kept for some of its members.</span>
      </span>
    </Show>
  )
}
