/** A brief as Markdown, to be passed on: in UTC, so that it reads the same for everybody. */
import type { Brief, BriefClaim, BriefItem } from '#shared/compare/brief.ts'
import { COLLISION_CHANGE_LABELS, type BriefCollision } from '#shared/compare/collisions.ts'
import { compareWords, type WordPart } from '#shared/compare/words.ts'
import type { Detail } from '#shared/compare/detail.ts'
import { BRIEF_GROUP_LABELS, BRIEF_GROUPS } from '#shared/compare/rank.ts'
import { RED_LINE_TURN_LABELS } from '#shared/compare/red-lines.ts'
import { MOVEMENT_KIND_LABELS } from '#shared/movements.ts'

export interface BriefWords {
  /** The tracker's. */
  readonly title: string
  /** When the time of which it tells began. */
  readonly since: number
  readonly nameOf: (account: string) => string
}

type BriefInWords = Pick<Brief, 'collisions' | 'headline' | 'items'> & {
  readonly counts: Pick<Brief['counts'], 'collisions'>
}

export const briefMarkdown = (
  { collisions, counts, headline, items }: BriefInWords,
  { nameOf, since, title }: BriefWords,
): string => {
  const compared = comparer()
  const parts = [`# ${plain(title) || 'Untitled'}: since ${utc(since)}`, `${headline}.`]
  if (collisions.length > 0) {
    const many = counts.collisions.appeared + counts.collisions.dissolved
    const untold = many - collisions.length
    parts.push(`## Collisions (${many})`, collisions.map(collisionWords).join('\n'))
    if (untold > 0) parts.push(`And ${untold} more.`)
  }
  for (const group of BRIEF_GROUPS) {
    const ofGroup = items.filter(item => item.group === group)
    if (ofGroup.length === 0) continue
    const lines = ofGroup.map(item =>
      group === 'wording' ? inShort(item, nameOf) : inFull(item, nameOf, compared),
    )
    parts.push(`## ${BRIEF_GROUP_LABELS[group]} (${ofGroup.length})`, lines.join('\n'))
  }
  return `${parts.join('\n\n')}\n`
}

/** A text that leaves under a tracker's classification line, which stands above and below it; '' for none. */
export const classified = (markdown: string, line: string): string =>
  line === '' ? markdown : `**${plain(line)}**\n\n${markdown}\n**${plain(line)}**\n`

export const utc = (at: number): string => {
  const date = new Date(at)
  // A clock may have been anything.
  if (Number.isNaN(date.getTime())) return 'an unknown time'
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

const collisionWords = ({ accepts, change, isSoft, line, title }: BriefCollision): string => {
  const said = `${COLLISION_CHANGE_LABELS[change]}${isSoft ? ', over a soft line' : ''}`
  return [`- **${plain(title)}**: ${said}`, ...[accepts, line].map(it => `  - ${plain(it)}`)].join(
    '\n',
  )
}

const inFull = (item: BriefItem, nameOf: BriefWords['nameOf'], compared: Compare): string => {
  const { details, evidence, kind, reasons, title, turns } = item
  const said = [
    ...turns.map(turn => RED_LINE_TURN_LABELS[turn]),
    kind && MOVEMENT_KIND_LABELS[kind],
  ]
  const head = [`**${plain(title)}**`, said.filter(Boolean).join('; ')].filter(Boolean).join(': ')
  const lines = [
    ...details.map(detail => detailWords(detail, compared)),
    ...reasons.map(reason => `Reason: ${plain(reason)}`),
    ...evidence.map(claimWords),
    ...creditWords(item, nameOf),
  ]
  return [`- ${head}`, ...lines.map(line => `  - ${line}`)].join('\n')
}

/** With its hedges, so that what leaves Parley says no more than what it rests on. */
const claimWords = ({ attribution, grade, isNew, statement }: BriefClaim): string =>
  `${isNew ? 'New claim' : 'Claim'} (${grade}): ${plain(statement)} (${plain(attribution)})`

const inShort = (item: BriefItem, nameOf: BriefWords['nameOf']): string =>
  [
    `- ${plain(item.title)}: ${item.details.map(({ name }) => name.toLowerCase()).join(', ')}`,
    ...creditWords(item, nameOf),
  ].join(' · ')

const creditWords = ({ credits }: BriefItem, nameOf: BriefWords['nameOf']): readonly string[] => {
  const [latest] = credits
  if (!latest) return []
  const names = credits.map(({ account }) => plain(nameOf(account))).join(', ')
  return [`${names}, ${utc(latest.lastAt)}`]
}

export const detailWords = ({ is, kind, name, was }: Detail, compared: Compare): string => {
  if (kind === 'prose') return `${name}: ${compared(was, is)}`
  if (was === '') return `${name}: ${plain(is)}`
  return `${name}: ${plain(was)} → ${plain(is) || 'nothing'}`
}

type Compare = ReturnType<typeof comparer>

const MARKS = { kept: '', inserted: '**', deleted: '~~' } as const

/** So many characters are compared word by word in one brief: what comes after them is told as it was and as it is. */
const MOST_COMPARED = 60_000
const MOST_OF_TEXT = 400

/** What was deleted is struck, what was inserted is bold. */
export const comparer = (): ((was: string, is: string) => string) => {
  let left = MOST_COMPARED
  return (was, is) => {
    const isShort = was !== '' && is !== '' && (left -= was.length + is.length) >= 0
    const parts: readonly WordPart[] = isShort
      ? compareWords(was, is)
      : [
          { kind: 'deleted', text: cut(was) },
          { kind: 'inserted', text: cut(is) },
        ]
    return parts
      .filter(({ text }) => text !== '')
      .map(({ kind, text }, nth, all) => marked(kind, text, all[nth - 1]?.kind))
      .join('')
  }
}

const cut = (text: string): string =>
  text.length > MOST_OF_TEXT ? `${text.slice(0, MOST_OF_TEXT).trimEnd()} …`.toWellFormed() : text

/** Around the words: a mark beside a space is none. */
const marked = (
  kind: WordPart['kind'],
  text: string,
  before: WordPart['kind'] | undefined,
): string => {
  const words = text.trim()
  if (kind === 'kept' || words === '') return plain(text)
  const at = text.indexOf(words)
  const [head, tail] = [text.slice(0, at), text.slice(at + words.length)]
  const gap = kind === 'inserted' && before === 'deleted' && head === '' ? ' ' : ''
  return `${gap}${plain(head)}${MARKS[kind]}${plain(words)}${MARKS[kind]}${plain(tail)}`
}

/** What people write is no markup: in one line, with nothing in it that Markdown would take for its own. */
export const plain = (text: string): string =>
  text.replaceAll(/[\\`*_[\]<>#|~&]/g, String.raw`\$&`).replaceAll(/\s*[\n\r\u2028\u2029]\s*/g, ' ')
