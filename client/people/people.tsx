/** Who else is here: a click goes to them, their menu follows them. */
import { createEffect, createMemo, createSignal, For, on, Show } from 'solid-js'
import { useNegotiation, type Person } from '#client/live/negotiation.ts'
import { placeWords, type Following } from '#client/people/following.ts'
import { quiet } from '#client/people/preferences.ts'
import { Avatar } from '#client/ui/avatar.tsx'
import { Icon } from '#client/ui/icon.tsx'
import { MenuButton, openMenu, type MenuEntry } from '#client/ui/menu.tsx'
import type { AccountId } from '#shared/ids.ts'
import type { Place } from '#shared/presence.ts'
import '#client/people/people.css'

interface Props {
  readonly following: Following
  readonly onJump: (place: Place) => void
}

const SHOWN = 5

export const People = (props: Props) => {
  const negotiation = useNegotiation()
  const others = createMemo(() => negotiation.people().filter(({ isMe }) => !isMe))
  /** Stay equal while people only move about, so that no avatar is drawn anew. */
  const ids = createMemo<readonly AccountId[]>(
    () => others().map(({ account }) => account.id),
    [],
    {
      equals: (a, b) => a.join() === b.join(),
    },
  )
  const personOf = (id: AccountId): Person | undefined =>
    others().find(({ account }) => account.id === id)

  const entriesFor = (person: Person): readonly MenuEntry[] => {
    const { name, id } = person.account
    const { place } = person
    const followed = props.following.followed()?.account.id === id
    return [
      { heading: name, note: whereabouts(person) },
      {
        label: `Go to ${name}`,
        disabled: place === null,
        run: () => {
          if (place) props.onJump(place)
        },
      },
      {
        label: followed ? `Stop following ${name}` : `Follow ${name}`,
        run: () => props.following.follow(followed ? undefined : id),
      },
    ]
  }
  const whereabouts = (person: Person): string => {
    const at = placeWords(negotiation, person.place)
    const doing = person.idle ? 'away' : person.place?.editing ? 'writing' : 'here'
    return at ? `${doing}, ${at}` : doing
  }

  const othersLabel = (): string =>
    others().length === 1 ? 'Somebody else is here' : `${others().length} others here`
  return (
    <div class="people" role="group" aria-label="People who are here">
      <ul class="people-avatars">
        <For each={ids().slice(0, SHOWN)}>
          {id => (
            <Show when={personOf(id)}>
              {person => (
                <li>
                  <button
                    type="button"
                    class="avatar-button"
                    classList={{ followed: props.following.followed()?.account.id === id }}
                    aria-label={`${person().account.name}, ${whereabouts(person())}. Go there`}
                    data-tip={`${person().account.name}: ${whereabouts(person())}`}
                    data-keys="right-click to follow"
                    onClick={() => {
                      const { place } = person()
                      if (place) props.onJump(place)
                    }}
                    onContextMenu={event => {
                      event.preventDefault()
                      openMenu(event.currentTarget, entriesFor(person()), person().account.name)
                    }}
                  >
                    <Avatar
                      name={person().account.name}
                      colour={person().account.colour}
                      faded={person().idle}
                    />
                  </button>
                </li>
              )}
            </Show>
          )}
        </For>
      </ul>
      <Show when={others().length > 0}>
        <MenuButton
          class="button quiet small people-all"
          label={othersLabel()}
          data-tip="Go to or follow somebody"
          entries={() =>
            others().flatMap((person, index) => [
              ...(index > 0 ? [null] : []),
              ...entriesFor(person),
            ])
          }
        >
          <Show when={ids().length > SHOWN} fallback={<Icon name="down" />}>
            +{ids().length - SHOWN}
          </Show>
          <span class="people-count">{ids().length}</span>
        </MenuButton>
      </Show>
      <ComingAndGoing others={others()} />
    </div>
  )
}

/** Said once for each who comes or goes, unless that was switched off. */
const ComingAndGoing = (props: { readonly others: readonly Person[] }) => {
  const [said, setSaid] = createSignal('')
  const names = () => new Map(props.others.map(({ account }) => [account.id, account.name]))
  createEffect(
    on(
      names,
      (now, before = new Map()) => {
        const came = [...now]
          .filter(([id]) => !before.has(id))
          .map(([, name]) => `${name} is here.`)
        const went = [...before].filter(([id]) => !now.has(id)).map(([, name]) => `${name} left.`)
        if (came.length + went.length > 0) setSaid([...came, ...went].join(' '))
      },
      { defer: true },
    ),
  )
  return (
    <span class="unseen" role="status">
      {quiet() ? '' : said()}
    </span>
  )
}
