/** What belongs to a column, a claim, a source or a red line: what goes with it, wherever it goes. */
import type { Movable, Subject } from '#shared/compartments.ts'
import {
  parseCellKey,
  parseMovementKey,
  parseTextName,
  type RecordRoot,
} from '#shared/document/layout.ts'

export const SUBJECT_ROOTS = {
  party: 'parties',
  claim: 'claims',
  source: 'sources',
  redLine: 'redLines',
} as const satisfies Readonly<Record<Movable, RecordRoot>>

/** Records of `root` belong to those of `to` that they name in `field`; in an order in which one walk finds all. */
export const RELATIONS: readonly (readonly [root: RecordRoot, field: string, to: RecordRoot])[] = [
  ['redLines', 'partyId', 'parties'],
  ['memberships', 'partyId', 'parties'],
  ['factions', 'partyId', 'parties'],
  ['effects', 'partyId', 'parties'],
  ['gaps', 'partyId', 'parties'],
  ['attendances', 'partyId', 'parties'],
  ['notes', 'partyId', 'parties'],
  ['assessments', 'partyId', 'parties'],
  ['excerpts', 'sourceId', 'sources'],
  ['tensions', 'excerptId', 'excerpts'],
  ['tensions', 'otherId', 'excerpts'],
  ['citations', 'excerptId', 'excerpts'],
  ['citations', 'claimId', 'claims'],
  ['claimEvents', 'claimId', 'claims'],
  ['assessments', 'claimEventId', 'claimEvents'],
  ['conflicts', 'claimId', 'claims'],
  ['conflicts', 'otherId', 'claims'],
  ['attachments', 'claimId', 'claims'],
  ['attachments', 'subjectId', 'redLines'],
  ['judgements', 'subjectId', 'claims'],
  ['judgements', 'subjectId', 'sources'],
]

/** The words in which a question names what it is about. */
const ASKED: Readonly<Partial<Record<string, RecordRoot>>> = {
  party: 'parties',
  claim: 'claims',
  source: 'sources',
}

/** Of one record: its id, and all values that one of its fields has, or ever had. */
export type Told = readonly [id: string, valuesOf: (field: string) => readonly unknown[]]

export interface Belonging {
  readonly subject: Subject
  readonly holds: (root: string, id: string) => boolean
  /** Keys of the root map `cells`. */
  readonly holdsCell: (key: string) => boolean
  /** Names of texts at the root. */
  readonly holdsText: (name: string) => boolean
  /** Keys of the root map `movements`. */
  readonly holdsMark: (key: string) => boolean
}

/** Of a document whose records are told by `records`, and what was said of movements by `marks`. */
export const belongingTo = (
  subject: Subject,
  records: (root: RecordRoot) => Iterable<Told>,
  marks: readonly (readonly [key: string, values: readonly unknown[]])[],
): Belonging => {
  const held = new Set([`${SUBJECT_ROOTS[subject.kind]}/${subject.id}`])
  const holds = (root: string, id: string): boolean => held.has(`${root}/${id}`)
  for (const [root, field, to] of RELATIONS)
    for (const [id, valuesOf] of records(root))
      if (valuesOf(field).some(value => typeof value === 'string' && holds(to, value)))
        held.add(`${root}/${id}`)
  for (const [id, valuesOf] of records('questions'))
    if (valuesOf('about').some(about => typeof about === 'string' && asksAbout(about, holds)))
      held.add(`questions/${id}`)
  const holdsMark = (key: string): boolean =>
    parseMovementKey(key) !== undefined && holds('parties', key.split('/')[1] ?? '')
  const reasons = (isHeld: boolean): ReadonlySet<unknown> =>
    new Set(marks.flatMap(([key, values]) => (holdsMark(key) === isHeld ? values : [])))
  for (const reason of reasons(true).difference(reasons(false))) held.add(`reasons/${reason}`)
  return {
    subject,
    holds,
    holdsCell: key => {
      const entry = parseCellKey(key)
      if (!entry) return key.split('/').some(part => holds('parties', part))
      return (
        holds('parties', entry.partyId) || ('claimId' in entry && holds('claims', entry.claimId))
      )
    },
    holdsText: name => holds('parties', parseTextName(name)?.partyId ?? ''),
    holdsMark,
  }
}

const asksAbout = (about: string, holds: Belonging['holds']): boolean => {
  const [what = '', first = '', second = ''] = about.split('/')
  if (what === 'cell') return holds('parties', second)
  return holds(ASKED[what] ?? '', first)
}
