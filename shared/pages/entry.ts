/** One cell as a page tells it: where the party stands on the issue, how far it would go, and on which claims that rests. */
import { SOFTNESS_LABELS, softnessOf } from '#shared/analysis/softness.ts'
import { sinceWords } from '#shared/calendar-words.ts'
import {
  FLEXIBILITY_LABELS,
  isBlank,
  KNOWLEDGE_LABELS,
  LEVEL_LABELS,
  SCOPE_LABELS,
  type Cell,
} from '#shared/cells.ts'
import { supportOf, type Grounds } from '#shared/evidence/support.ts'
import type { ClaimId, IssueId, PartyId, PointId } from '#shared/ids.ts'
import type { Issue, Scale } from '#shared/issues.ts'
import type { Footnotes } from '#shared/pages/footnotes.ts'
import { RED_LINE_KIND_LABELS, RED_LINE_OPERATOR_LABELS, type RedLine } from '#shared/redlines.ts'
import { cellOf, type Tracker } from '#shared/tracker.ts'

export interface LineEntry {
  /** "Red line, rhetorical: at most 20 %" */
  readonly words: string
  /** As it was worded; '' where nobody has said. */
  readonly statement: string
  /** "public, to Washington, since 3 Feb 2026, inferred" */
  readonly circumstances: string
  readonly isSoft: boolean
  readonly notes: readonly number[]
  /** Of the claims that speak against it. */
  readonly notesAgainst: readonly number[]
}

export interface Entry {
  readonly issueId: IssueId
  readonly partyId: PartyId
  readonly cell: Cell
  readonly scale: Scale
  readonly position: string
  /** The point on the scale, or what is known instead of one: never a middle for what is unknown. */
  readonly stance: string
  /** "step 3 of 5"; '' on a scale of numbers, which says where by itself. */
  readonly step: string
  /** "hopes for 20 %, would still take 60 %" */
  readonly range: string
  readonly scope: string
  /** "Flexibility: little room" … */
  readonly judgements: readonly string[]
  readonly redLines: readonly LineEntry[]
  /** What the reader has to know before leaning on it. */
  readonly cautions: readonly string[]
  readonly notes: readonly number[]
}

export interface Pages {
  readonly tracker: Tracker
  readonly grounds: Grounds
  readonly footnotes: Footnotes
}

/** Undefined where nothing is known and no line is drawn. */
export const entryOf = (pages: Pages, issue: Issue, partyId: PartyId): Entry | undefined => {
  const { footnotes, grounds, tracker } = pages
  const { scale } = issue
  const cell = cellOf(tracker, issue.id, partyId)
  const lines = tracker.redLines.filter(
    line => line.issueId === issue.id && line.partyId === partyId,
  )
  if (isBlank(cell) && lines.length === 0) return undefined
  return {
    issueId: issue.id,
    partyId,
    cell,
    scale,
    position: cell.position,
    stance: stanceWords(cell, scale),
    step: stepWords(cell, scale),
    range: rangeWords(cell, scale),
    scope: scopeWords(cell),
    judgements: judgementsOf(cell),
    notes: footnotes.of(cell.claimIds),
    redLines: lines.map(line => lineEntry(pages, line, scale)),
    cautions: cautionsOf(cell, grounds),
  }
}

const labelAt = ({ points }: Scale, id: PointId | null): string => {
  if (id === null) return ''
  const point = points.find(point => point.id === id)
  return point ? point.label || 'an unnamed point' : 'a point no longer on the scale'
}

export const stanceWords = (cell: Cell, scale: Scale): string =>
  cell.stance === null || cell.knowledge === 'agreed'
    ? [KNOWLEDGE_LABELS[cell.knowledge], labelAt(scale, cell.stance)].filter(Boolean).join(': ')
    : labelAt(scale, cell.stance)

export const stepWords = ({ stance }: Cell, { isNumeric, points }: Scale): string => {
  const index = points.findIndex(({ id }) => id === stance)
  return isNumeric || index < 0 ? '' : `step ${index + 1} of ${points.length}`
}

export const rangeWords = ({ aspiration, walkAway }: Cell, scale: Scale): string =>
  [
    aspiration && `hopes for ${labelAt(scale, aspiration)}`,
    walkAway && `would still take ${labelAt(scale, walkAway)}`,
  ]
    .filter(Boolean)
    .join(', ')

export const scopeWords = ({ scope, scopeNote }: Cell): string => {
  if (scope === 'only_after' && scopeNote !== '') return `Only after ${scopeNote}`
  if (scope === null || scope === 'on_table') return scopeNote
  return [SCOPE_LABELS[scope], scopeNote].filter(Boolean).join(': ')
}

const judgementsOf = ({ confidence, flexibility, salience }: Cell): readonly string[] => [
  ...(flexibility ? [`Flexibility: ${FLEXIBILITY_LABELS[flexibility].toLowerCase()}`] : []),
  ...(salience ? [`Weight to them: ${LEVEL_LABELS[salience].toLowerCase()}`] : []),
  ...(confidence ? [`Our confidence: ${LEVEL_LABELS[confidence].toLowerCase()}`] : []),
]

const cautionsOf = (cell: Cell, grounds: Grounds): readonly string[] => {
  const { contests, isUnsupported, standing } = supportOf(cell, grounds)
  const statement = (id: ClaimId): string => `“${grounds.claim(id)?.statement ?? ''}”`
  return [
    ...contests.map(({ isChosen, lower, reason, upper }) =>
      isChosen
        ? `Contested: the team goes by ${statement(upper)}, not by ${statement(lower)}${reason && `, because ${reason}`}`
        : `Contested: ${statement(upper)} and ${statement(lower)} cannot both be true, and the team goes by neither`,
    ),
    ...(isUnsupported && cell.claimIds.length > 0
      ? ['No claim behind this stands any more']
      : isUnsupported
        ? ['No claim is attached']
        : []),
    ...(standing.length > 0 && standing.every(id => grounds.claim(id)?.status !== 'confirmed')
      ? ['Unconfirmed']
      : []),
  ]
}

const lineEntry = (
  { footnotes, grounds, tracker }: Pages,
  line: RedLine,
  scale: Scale,
): LineEntry => {
  const { addressee, isInferred, kind, operator, point, publicity, since, soft, statement } = line
  const { attachments } = tracker
  const attached = attachments.filter(
    ({ subjectId, to }) => to === 'redLine' && subjectId === line.id,
  )
  const notesOf = (against: boolean): readonly number[] =>
    footnotes.of(
      attached.filter(({ isAgainst }) => isAgainst === against).map(({ claimId }) => claimId),
    )
  const softness = softnessOf(line, { ...grounds, attachments })
  return {
    words: [
      `${RED_LINE_KIND_LABELS[kind]}${soft ? ', rhetorical' : ''}`,
      point && `${RED_LINE_OPERATOR_LABELS[operator]} ${labelAt(scale, point)}`,
    ]
      .filter(Boolean)
      .join(': '),
    statement,
    circumstances: [
      publicity,
      addressee && `to ${addressee}`,
      since && sinceWords(since),
      isInferred && 'inferred, not declared',
      softness && softness !== 'rhetorical' && SOFTNESS_LABELS[softness],
    ]
      .filter(Boolean)
      .join(', '),
    isSoft: softness !== null,
    notes: notesOf(false),
    notesAgainst: notesOf(true),
  }
}
