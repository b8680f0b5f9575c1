/** Why a change was made: the words, and writing them. */
import { createSignal, Match, Show, Switch } from 'solid-js'
import type { Said } from '#client/history/movements/said.ts'
import { WhyForm } from '#client/history/movements/why-form.tsx'
import { MenuButton, type MenuEntry } from '#client/ui/menu.tsx'
import { Icon } from '#client/ui/icon.tsx'
import type { MovementKey, Reason } from '#shared/movements.ts'

interface Props {
  readonly of: MovementKey
  readonly said: Said
}

export const Why = (props: Props) => {
  const [isWriting, setWriting] = createSignal(false)
  let place: HTMLDivElement | undefined
  const reason = () => props.said.reasonOf(props.of)
  const leave = (): void => {
    setWriting(false)
    place?.querySelector('button')?.focus()
  }
  const write = (text: string): void => {
    const is = reason()
    if (is) props.said.rewrite(is.id, text)
    else props.said.explain([props.of], text)
    leave()
  }
  return (
    <div class="why" ref={place}>
      <Switch>
        <Match when={isWriting()}>
          <WhyForm
            label={sharedBy(props.said, reason()) ? 'Why, for all of them' : 'Why'}
            text={reason()?.text ?? ''}
            verb="Say why"
            focused
            onSubmit={write}
            onLeave={leave}
          />
        </Match>
        <Match when={reason()}>
          {is => (
            <Words reason={is()} of={props.of} said={props.said} onWrite={() => setWriting(true)} />
          )}
        </Match>
        <Match when={props.said.mayEdit()}>
          <button type="button" class="button quiet small why-say" onClick={() => setWriting(true)}>
            Say why
          </button>
        </Match>
      </Switch>
    </div>
  )
}

const Words = (props: Props & { readonly reason: Reason; readonly onWrite: () => void }) => {
  const others = (): number => sharedBy(props.said, props.reason)
  const entries = (): readonly MenuEntry[] => [
    { label: 'Change the words', run: props.onWrite },
    {
      label: others() ? 'Take back here' : 'Take back',
      run: () => props.said.takeBack(props.reason.id, [props.of]),
    },
  ]
  return (
    <>
      <p class="why-words">
        <span class="why-because">Because</span> <bdi dir="auto">{props.reason.text}</bdi>
        <Show when={others()}>
          {many => (
            <span class="why-others">
              {' '}
              (said of {many()} other {many() === 1 ? 'change' : 'changes'} too)
            </span>
          )}
        </Show>
      </p>
      <Show when={props.said.mayEdit()}>
        <MenuButton
          class="button quiet icon small"
          label="More about this reason"
          entries={entries}
        >
          <Icon name="more" />
        </MenuButton>
      </Show>
    </>
  )
}

/** For how many other movements it is given as well. */
const sharedBy = (said: Said, reason: Reason | undefined): number =>
  reason ? Math.max(0, said.countOf(reason.id) - 1) : 0
