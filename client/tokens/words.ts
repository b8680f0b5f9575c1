/** What tokens are, in words. */
import { dateOf, minuteOf } from '#client/ui/when.ts'
import { ACTIONS, type Action } from '#shared/access.ts'
import type { ApiToken } from '#shared/tokens-api.ts'

export const ACTION_LABELS: Readonly<Record<Action, string>> = {
  read: 'Read',
  discuss: 'Discuss and ask',
  edit: 'Edit',
  snapshot: 'Take snapshots and restore',
  manage: 'Manage members, links and redactions',
}

/** Without reading there is nothing to do. */
export const CHOSEN_ACTIONS = ACTIONS.filter(action => action !== 'read')

/** "Read, edit · in 2 trackers · until 3 Dec · last used 18 Nov 2026, 09:12 from 192.0.2.1" */
export const aboutToken = ({
  actions,
  expiresAt,
  lastUsedAt,
  lastUsedFrom,
  trackerIds,
}: ApiToken): string =>
  [
    sentence(actions.map(action => ACTION_LABELS[action].toLowerCase())),
    trackerIds === null
      ? 'in all trackers'
      : `in ${trackerIds.length === 1 ? 'one tracker' : `${trackerIds.length} trackers`}`,
    `until ${dateOf(expiresAt)}`,
    lastUsedAt === null
      ? 'never used'
      : `last used ${minuteOf(lastUsedAt)}${lastUsedFrom === null ? '' : ` from ${lastUsedFrom}`}`,
  ].join(' · ')

const sentence = (words: readonly string[]): string =>
  words.join(', ').replace(/^./, first => first.toUpperCase())
