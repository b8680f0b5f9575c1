/** The list of what a restore would change: then, now, and what will stand there, row by row. */
import { createEffect, createMemo, For, Show } from 'solid-js'
import { ChangedWords } from '#client/history/changed-cell.tsx'
import type { Detail } from '#shared/compare/detail.ts'
import type { PlanItem } from '#client/history/restore-plan.ts'
import type { RestoreAddress } from '#shared/history/restore.ts'

interface RestorePreviewProps {
  readonly items: readonly PlanItem[]
  readonly chosen: ReadonlySet<RestoreAddress>
  readonly onChoose: (addresses: readonly RestoreAddress[], chosen: boolean) => void
}

interface Group {
  readonly name: string
  readonly addresses: readonly RestoreAddress[]
}

export const RestorePreview = (props: RestorePreviewProps) => {
  const groups = (idOf: (item: PlanItem) => string | null, nameOf: (item: PlanItem) => string) =>
    createMemo((): readonly Group[] =>
      [...Map.groupBy(props.items.filter(idOf), idOf).values()]
        .filter(items => items.length > 1)
        .map(items => ({
          name: items[0] ? nameOf(items[0]) : '',
          addresses: items.map(({ address }) => address),
        })),
    )
  const rows = groups(
    ({ issueId }) => issueId,
    ({ issueTitle }) => issueTitle,
  )
  const columns = groups(
    ({ partyId }) => partyId,
    ({ partyName }) => partyName,
  )
  const all = (): Group => ({
    name: 'Everything',
    addresses: props.items.map(({ address }) => address),
  })
  return (
    <>
      <Show when={props.items.length > 1}>
        <div class="restore-groups" role="group" aria-label="Choose together">
          <GroupChoice {...props} group={all()} />
          <For each={rows()}>{group => <GroupChoice {...props} group={group} />}</For>
          <For each={columns()}>{group => <GroupChoice {...props} group={group} />}</For>
        </div>
      </Show>
      <table class="restore-table">
        <thead>
          <tr>
            <th scope="col">
              <span class="unseen">What to restore</span>
            </th>
            <th scope="col">Then</th>
            <th scope="col">Now</th>
            <th scope="col">Result</th>
          </tr>
        </thead>
        <For each={props.items}>
          {item => (
            <PreviewItem
              item={item}
              chosen={props.chosen.has(item.address)}
              onChoose={chosen => props.onChoose([item.address], chosen)}
            />
          )}
        </For>
      </table>
    </>
  )
}

const GroupChoice = (props: RestorePreviewProps & { readonly group: Group }) => {
  const many = (): number =>
    props.group.addresses.filter(address => props.chosen.has(address)).length
  let checkbox: HTMLInputElement | undefined
  createEffect(() => {
    if (checkbox) checkbox.indeterminate = many() > 0 && many() < props.group.addresses.length
  })
  return (
    <label class="restore-group">
      <input
        type="checkbox"
        checked={many() === props.group.addresses.length}
        ref={box => (checkbox = box)}
        onChange={event => props.onChoose(props.group.addresses, event.currentTarget.checked)}
      />
      <bdi>{props.group.name}</bdi>
      <span class="restore-many">
        {many()}/{props.group.addresses.length}
      </span>
    </label>
  )
}

interface PreviewItemProps {
  readonly item: PlanItem
  readonly chosen: boolean
  readonly onChoose: (chosen: boolean) => void
}

const PreviewItem = (props: PreviewItemProps) => (
  <tbody classList={{ 'left-out': !props.chosen }}>
    <tr class="restore-item">
      <th scope="rowgroup" colSpan={4}>
        <label>
          <input
            type="checkbox"
            checked={props.chosen}
            onChange={event => props.onChoose(event.currentTarget.checked)}
          />
          <bdi>{props.item.title}</bdi>
        </label>
        <Show when={props.item.typists.length > 0}>
          <span class="restore-badge typing">
            {new Intl.ListFormat('en').format(props.item.typists)}{' '}
            {props.item.typists.length === 1 ? 'is' : 'are'} editing this
          </span>
        </Show>
        <Show when={props.item.changedSince}>
          <span class="restore-badge">changed again since</span>
        </Show>
      </th>
    </tr>
    <For each={props.item.details}>
      {detail => (
        <tr>
          <th scope="row">{detail.name}</th>
          <td dir="auto" data-column="Then">
            <Value words={detail.was} />
          </td>
          <td dir="auto" data-column="Now">
            <Show when={detail.kind === 'prose'} fallback={<Value words={detail.is} />}>
              <span class="changed-words">
                <ChangedWords was={detail.was} is={detail.is} show="now" />
              </span>
            </Show>
          </td>
          <td dir="auto" data-column="Result">
            <Value words={resultOf(detail, props.chosen)} />
          </td>
        </tr>
      )}
    </For>
  </tbody>
)

const Value = (props: { readonly words: string }) => (
  <Show when={props.words} fallback={<span class="restore-nothing">nothing</span>}>
    {props.words}
  </Show>
)

/** A cell keeps the claims that it has won since. */
const resultOf = ({ is, name, was }: Detail, chosen: boolean): string => {
  if (!chosen) return is
  return name === 'Claims' ? `${was || 'none'}, and later ones stay` : was
}
