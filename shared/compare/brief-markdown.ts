/** A brief as Markdown, to be passed on: in UTC, so that it reads the same for everybody. */
import type { Brief, BriefItem } from '#shared/compare/brief.ts'
import { compareWords } from '#shared/compare/words.ts'
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

export const briefMarkdown = (
  { headline, items }: Pick<Brief, 'headline' | 'items'>,
  { nameOf, since, title }: BriefWords,
): string => {
  const parts = [`# ${plain(title) || 'Untitled'}: since ${utc(since)}`, `${headline}.`]
  for (const group of BRIEF_GROUPS) {
    const ofGroup = items.filter(item => item.group === group)
    if (ofGroup.length === 0) continue
    const lines = ofGroup.map(item =>
      group === 'wording' ? inShort(item, nameOf) : inFull(item, nameOf),
    )
    parts.push(`## ${BRIEF_GROUP_LABELS[group]} (${ofGroup.length})`, lines.join('\n'))
  }
  return `${parts.join('\n\n')}\n`
}

const utc = (at: number): string => {
  const date = new Date(at)
  // A clock may have been anything.
  if (Number.isNaN(date.getTime())) return 'an unknown time'
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

const inFull = (item: BriefItem, nameOf: BriefWords['nameOf']): string => {
  const { details, evidence, kind, reasons, title, turns } = item
  const said = [
    ...turns.map(turn => RED_LINE_TURN_LABELS[turn]),
    kind && MOVEMENT_KIND_LABELS[kind],
  ]
  const head = [`**${plain(title)}**`, said.filter(Boolean).join('; ')].filter(Boolean).join(': ')
  const lines = [
    ...details.map(detailWords),
    ...reasons.map(reason => `Reason: ${plain(reason)}`),
    ...evidence
      .filter(({ isNew }) => isNew)
      .map(({ grade, statement }) => `New claim (${grade}): ${plain(statement)}`),
    ...creditWords(item, nameOf),
  ]
  return [`- ${head}`, ...lines.map(line => `  - ${line}`)].join('\n')
}

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

const detailWords = ({ is, kind, name, was }: Detail): string => {
  if (kind === 'prose') return `${name}: ${changedWords(was, is)}`
  if (was === '') return `${name}: ${plain(is)}`
  return `${name}: ${plain(was)} → ${plain(is) || 'nothing'}`
}

const MARKS = { kept: '', inserted: '**', deleted: '~~' } as const

/** What was deleted is struck, what was inserted is bold: around the words, for a mark beside a space is none. */
const changedWords = (was: string, is: string): string =>
  compareWords(was, is)
    .map(({ kind, text }, nth, parts) => {
      const words = text.trim()
      if (kind === 'kept' || words === '') return plain(text)
      const at = text.indexOf(words)
      const [before, after] = [text.slice(0, at), text.slice(at + words.length)]
      const gap = kind === 'inserted' && parts[nth - 1]?.kind === 'deleted' ? ' ' : ''
      return `${gap}${plain(before)}${MARKS[kind]}${plain(words)}${MARKS[kind]}${plain(after)}`
    })
    .join('')

/** What people write is no markup: in one line, with nothing in it that Markdown would take for its own. */
const plain = (text: string): string =>
  text.replaceAll(/[\\`*_[\]<>#|~]/g, String.raw`\$&`).replaceAll(/\s*[\n\r\u2028\u2029]\s*/g, ' ')
