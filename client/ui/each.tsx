/** A list of things with ids: what is drawn for one stays, with the focus and what is typed in it, while the thing changes. */
import { createMemo, For, type Accessor, type JSX } from 'solid-js'

interface Props<T extends { readonly id: string }> {
  readonly of: readonly T[]
  readonly children: (thing: Accessor<T>, id: T['id']) => JSX.Element
}

export const Each = <T extends { readonly id: string }>(props: Props<T>) => {
  const byId = createMemo(() => new Map<string, T>(props.of.map(thing => [thing.id, thing])))
  const ids = createMemo(() => props.of.map(({ id }) => id as T['id']))
  return (
    <For each={ids()}>
      {id => {
        // Of what is just being removed the last is shown.
        const thing = createMemo<T | undefined>(before => byId().get(id) ?? before)
        return props.children(thing as Accessor<T>, id)
      }}
    </For>
  )
}
