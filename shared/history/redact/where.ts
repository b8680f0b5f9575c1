/** In words for people where a text stands or stood, for a preview and for the tombstone. */
import { parseCellKey, parseTextName } from '#shared/document/layout.ts'
import type { IssueId, PartyId, TextHash } from '#shared/ids.ts'
import type { Holder } from '#shared/history/redact/find.ts'
import type { Tracker } from '#shared/tracker.ts'

const RECORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    parties: 'a party',
    baskets: 'a basket',
    issues: 'an issue',
    points: 'a point of a scale',
    sources: 'a source',
    claims: 'a claim',
    redLines: 'a red line',
    restores: 'the note on a restore',
    reasons: 'a reason',
    meetings: 'a meeting',
    questions: 'a question',
    redactions: 'an earlier redaction',
    excerpts: 'an excerpt',
    tensions: 'a tension between excerpts',
    judgements: 'an analyst’s grade',
    claimEvents: 'a change of a claim’s status',
    assessments: 'a look at a position',
    conflicts: 'a conflict of claims',
    people: 'a person',
    blocs: 'a bloc',
    memberships: 'a bloc’s member',
    factions: 'a faction',
    events: 'an event',
    notes: 'a note of a meeting',
    gaps: 'an open question',
    scenarios: 'a scenario',
    indicators: 'an indicator',
  }),
)

const FIELDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    scopeNote: 'note on the scope',
    scaleName: 'name of the scale',
    reliabilityReason: 'reason of the grade',
    saidAt: 'when it was said',
    learnedAt: 'when it was learned',
    fromLabel: 'label',
  }),
)

/** "Verification · Iran": the issue and the party where they are still there, else what it is. */
export const whereStands = ({ field, key, root }: Holder, tracker: Tracker): string => {
  const issue = (id: IssueId): string =>
    named(tracker.issues.find(it => it.id === id)?.title, 'an issue that was removed')
  const party = (id: PartyId): string =>
    named(tracker.parties.find(it => it.id === id)?.name, 'a party that was removed')
  const cell = (at: { readonly issueId: IssueId; readonly partyId: PartyId }): string =>
    `${issue(at.issueId)} · ${party(at.partyId)}`

  const text = parseTextName(root)
  if (text)
    return text.partyId === null
      ? `${issue(text.issueId)} · description`
      : cell({ ...text, partyId: text.partyId })
  if (root === 'tracker') return `the tracker’s ${key}`
  const entry = root === 'cells' ? parseCellKey(key) : undefined
  if (entry) return `${cell(entry)} · ${wordOf('field' in entry ? entry.field : 'claim')}`
  if (root === 'issues' && field !== 'title') return `${issue(key as IssueId)} · ${wordOf(field)}`
  const line = root === 'redLines' && tracker.redLines.find(({ id }) => id === key)
  if (line) return `${cell(line)} · red line`
  const what = RECORDS.get(root) ?? 'the discussion'
  return field === null ? what : `${what} · ${wordOf(field)}`
}

/** "The text of “Officials arrive”", by the source that it was taken in for. */
export const whereText = (hash: TextHash, { sources }: Pick<Tracker, 'sources'>): string => {
  const title = sources.find(({ textHash }) => textHash === hash)?.title
  return `the text of ${title ? `“${title}”` : 'a source'}`
}

const named = (name: string | undefined, otherwise: string): string =>
  name === undefined ? otherwise : name === '' ? 'untitled' : name

const wordOf = (field: string | null): string =>
  field === null ? 'text' : (FIELDS.get(field) ?? field)

const MOST_NAMED = 3

/** All of them in one line, each once. */
export const whereAll = (places: readonly string[]): string => {
  const distinct = [...new Set(places)]
  const more = distinct.length - MOST_NAMED
  const words = distinct.slice(0, MOST_NAMED).join(', ')
  return more > 0 ? `${words} and ${more} more ${more === 1 ? 'place' : 'places'}` : words
}
