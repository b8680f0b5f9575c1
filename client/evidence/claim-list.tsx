/** Claims, the newest first, by what became of them and by whose cells hang on them. */
import { createMemo, createSignal, Show } from 'solid-js'
import { STATUS_LABELS } from '#client/evidence/chips.tsx'
import { ClaimLine } from '#client/evidence/claim-line.tsx'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Each } from '#client/ui/each.tsx'
import { Icon } from '#client/ui/icon.tsx'
import { MenuButton, type MenuEntry } from '#client/ui/menu.tsx'
import { CLAIM_STATUSES, type Claim, type ClaimStatus } from '#shared/claims.ts'
import { latest } from '#shared/dates.ts'
import { claimRecords } from '#shared/document/claims.ts'
import { personRecords } from '#shared/document/people.ts'
import type { ClaimId, PartyId } from '#shared/ids.ts'

interface Props {
  readonly chosen: ClaimId | undefined
  readonly mayAdd: boolean
  readonly onAdd: () => void
  readonly onChoose: (id: ClaimId) => void
}

const newestFirst = (a: Claim, b: Claim): number =>
  (latest(b.learnedAt) ?? 0) - (latest(a.learnedAt) ?? 0) || (a.id < b.id ? -1 : 1)

export const ClaimList = (props: Props) => {
  const { view } = useNegotiation()
  const [words, setWords] = createSignal('')
  const [status, setStatus] = createSignal<ClaimStatus>()
  const [party, setParty] = createSignal<PartyId>()
  const all = createMemo(() => view.records(claimRecords).toSorted(newestFirst))
  const isOf = (claim: Claim, partyId: PartyId): boolean =>
    view.cellsOf(claim.id).some(at => at.partyId === partyId && view.issue(at.issueId)) ||
    (claim.speakerId !== null && view.record(personRecords, claim.speakerId)?.partyId === partyId)
  const shown = createMemo(() => {
    const wanted = words().toLowerCase()
    const of = party()
    return all().filter(
      claim =>
        (status() === undefined || claim.status === status()) &&
        (of === undefined || isOf(claim, of)) &&
        `${claim.statement} ${claim.speaker}`.toLowerCase().includes(wanted),
    )
  })
  const statuses = (): readonly MenuEntry[] => [
    { label: 'Every status', checked: status() === undefined, run: () => setStatus(undefined) },
    null,
    ...CLAIM_STATUSES.map(name => ({
      label: STATUS_LABELS[name],
      count: all().filter(claim => claim.status === name).length,
      checked: status() === name,
      run: () => setStatus(name),
    })),
  ]
  const partyName = (id: PartyId): string => view.party(id)?.name || 'Unnamed party'
  const statusWords = (): string => STATUS_LABELS[status() as ClaimStatus] ?? 'Any status'
  const partyWords = (): string => {
    const id = party()
    return id ? partyName(id) : 'Any party'
  }
  const parties = (): readonly MenuEntry[] => [
    { label: 'Every party', checked: party() === undefined, run: () => setParty(undefined) },
    null,
    ...view.partyIds().map(id => ({
      label: partyName(id),
      checked: party() === id,
      run: () => setParty(id),
    })),
  ]
  return (
    <>
      <div class="evidence-tools">
        <input
          class="input"
          type="search"
          aria-label="Search the claims"
          placeholder="Search claims"
          dir="auto"
          onInput={event => setWords(event.currentTarget.value.trim())}
        />
        <MenuButton
          class="button small"
          label={`${statusWords()}: status of the claims`}
          entries={statuses}
        >
          <span>{statusWords()}</span>
          <Icon name="down" />
        </MenuButton>
        <MenuButton
          class="button small"
          label={`${partyWords()}: party of the claims`}
          entries={parties}
        >
          <span dir="auto">{partyWords()}</span>
          <Icon name="down" />
        </MenuButton>
      </div>
      <Show when={props.mayAdd}>
        <button type="button" class="add evidence-add" onClick={() => props.onAdd()}>
          <Icon name="plus" /> Add a claim
        </button>
      </Show>
      <ul class="evidence-items" aria-label="Claims">
        <Each of={shown()}>
          {claim => (
            <ClaimLine
              claim={claim()}
              isCurrent={props.chosen === claim().id}
              onOpen={() => props.onChoose(claim().id)}
            />
          )}
        </Each>
      </ul>
      <Show when={shown().length === 0}>
        <p class="evidence-note evidence-nothing">
          {all().length > 0 ? 'No claim is like this.' : 'No claim yet.'}
        </p>
      </Show>
    </>
  )
}
