/** Claims of a cell that cannot both be true: said to be so, taken back, and which one the team goes by. */
import { createMemo, createUniqueId, For, Show } from 'solid-js'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Line } from '#client/matrix/panel/line.tsx'
import { Icon } from '#client/ui/icon.tsx'
import { MenuButton, type MenuEntry } from '#client/ui/menu.tsx'
import type { Cell } from '#shared/cells.ts'
import { gradeOf } from '#shared/claims.ts'
import { chooseBetween, markCompatible, markIncompatible } from '#shared/document/conflicts.ts'
import { supportOf, type Contest } from '#shared/evidence/support.ts'
import type { ClaimId } from '#shared/ids.ts'

/** Of many pairs only the first are offered. */
const OFFERED = 30

const pairOf = ({ lower, upper }: Contest): string => [lower, upper].toSorted().join('/')

/** One after the other: of many claims nobody asks for all pairs. */
function* pairsOf(ids: readonly ClaimId[]): Generator<readonly [ClaimId, ClaimId]> {
  for (const [nth, one] of ids.entries())
    for (let at = nth + 1; at < ids.length; at++) yield [one, ids[at] as ClaimId]
}

export const Contested = (props: { readonly cell: Cell }) => {
  const { act, mayEdit, view } = useNegotiation()
  const support = createMemo(() => supportOf(props.cell, view.grounds))
  const byPair = createMemo(
    () => new Map(support().contests.map(contest => [pairOf(contest), contest])),
  )
  const statement = (id: ClaimId): string => view.claim(id)?.statement || 'A claim without words'
  const pairs = (): readonly MenuEntry[] => {
    const { standing } = support()
    return pairsOf(standing)
      .filter(pair => !byPair().has(pair.toSorted().join('/')))
      .take(OFFERED)
      .map(([one, other]) => ({
        label: `${shortened(statement(one))} / ${shortened(statement(other))}`,
        run: () => act('mark two claims as incompatible', doc => markIncompatible(doc, one, other)),
      }))
      .toArray()
  }
  return (
    <Show when={byPair().size > 0 || (mayEdit() && pairs().length > 0)}>
      <section class="panel-section">
        <h3>Contested</h3>
        <For each={[...byPair().keys()]}>
          {pair => (
            <Show when={byPair().get(pair)}>{contest => <ContestCard contest={contest()} />}</Show>
          )}
        </For>
        <Show when={byPair().size === 0}>
          <p class="field-none">Nothing here contradicts anything else, as far as anybody said.</p>
        </Show>
        <Show when={mayEdit() && pairs().length > 0}>
          <div class="panel-row">
            <MenuButton class="add" label="Two claims that cannot both be true" entries={pairs}>
              <Icon name="plus" /> Mark two as incompatible
            </MenuButton>
          </div>
        </Show>
      </section>
    </Show>
  )
}

const shortened = (text: string): string => (text.length > 44 ? `${text.slice(0, 42)}…` : text)

const ContestCard = (props: { readonly contest: Contest }) => {
  const { act, mayEdit, view } = useNegotiation()
  const name = createUniqueId()
  /** Neither side changes its place when it is chosen. */
  const sides = createMemo(() => [props.contest.upper, props.contest.lower].toSorted(), undefined, {
    equals: (a, b) => a.join() === b.join(),
  })
  const chosen = (): ClaimId | null => (props.contest.isChosen ? props.contest.upper : null)
  const isMarked = (): boolean => {
    const { lower, upper } = props.contest
    return view.grounds
      .rivalsOf(upper)
      .some(({ isMarked, otherId }) => isMarked && otherId === lower)
  }
  const choose = (id: ClaimId | null, reason = props.contest.reason): void => {
    const { lower, upper } = props.contest
    act(id === null ? 'go by neither claim' : 'choose between two claims', doc =>
      chooseBetween(doc, upper, lower, id, id === null ? '' : reason),
    )
  }
  const takeBack = (): void => {
    const { lower, upper } = props.contest
    act('take back that two claims are incompatible', doc => markCompatible(doc, upper, lower))
  }
  return (
    <fieldset class="contest-card">
      <legend class="unseen">Which of the two the team goes by</legend>
      <For each={sides()}>
        {id => (
          <label class="contest-option">
            <input
              type="radio"
              name={name}
              checked={chosen() === id}
              disabled={!mayEdit()}
              onChange={() => choose(id)}
            />
            <span>
              <ClaimLine id={id} />
            </span>
          </label>
        )}
      </For>
      <label class="contest-option">
        <input
          type="radio"
          name={name}
          checked={chosen() === null}
          disabled={!mayEdit()}
          onChange={() => choose(null)}
        />
        <span>Neither yet</span>
      </label>
      <Show when={props.contest.isChosen}>
        <Line
          label="Because"
          labelled
          value={props.contest.reason}
          disabled={!mayEdit()}
          placeholder="Why the team goes by this one"
          onWrite={reason => choose(props.contest.upper, reason)}
        />
      </Show>
      <Show when={mayEdit() && isMarked()}>
        <button type="button" class="button quiet small" onClick={takeBack}>
          They can both be true
        </button>
      </Show>
    </fieldset>
  )
}

const ClaimLine = (props: { readonly id: ClaimId }) => {
  const { view } = useNegotiation()
  const claim = () => view.claim(props.id)
  const grade = (): string => {
    const found = claim()
    return found ? gradeOf(found, found.sourceId ? view.source(found.sourceId) : undefined) : ''
  }
  return (
    <>
      <span class="contest-grade">{grade()}</span>{' '}
      <bdi>{claim()?.statement || 'A claim without words'}</bdi>
      <Show when={claim()?.deniesClaimId}>
        <span class="field-note"> (a denial)</span>
      </Show>
    </>
  )
}
