/** What changed, in words: the tracker itself, its rows, columns and baskets, and its cells. */
import { cellDetails } from '#shared/compare/cell-details.ts'
import { line, type Detail } from '#shared/compare/detail.ts'
import type { Stop } from '#shared/compare/stops.ts'
import type { Comparison, RecordChange } from '#shared/compare/compare.ts'
import type { Basket, Issue } from '#shared/issues.ts'
import { PARTY_ROLE_LABELS, rolesOf, type Party } from '#shared/parties.ts'
import type { Tracker } from '#shared/tracker.ts'

export const detailsOf = (stop: Stop, { before, after }: Comparison): readonly Detail[] => {
  switch (stop.kind) {
    case 'tracker':
      return stop.fields.map(field =>
        line(field === 'title' ? 'Title' : 'Description', before[field], after[field], 'prose'),
      )
    case 'basket':
      return basketDetails(stop.change, before, after)
    case 'party':
      return partyDetails(stop.change, before, after)
    case 'issue':
      return issueDetails(stop.change, before, after)
    case 'cell':
      return cellDetails(stop.change, before, after)
  }
}

/** "Missiles, with 2 cells": what comes or goes with a row or a column. */
const wholeDetails = (
  name: string,
  was: string | undefined,
  is: string | undefined,
  cells: (tracker: Tracker) => number,
  before: Tracker,
  after: Tracker,
): readonly Detail[] => {
  const words = (title: string | undefined, tracker: Tracker): string => {
    if (title === undefined) return ''
    const many = cells(tracker)
    const held = many === 0 ? '' : many === 1 ? ', with 1 cell' : `, with ${many} cells`
    return `${title || 'untitled'}${held}`
  }
  return [line(name, words(was, before), words(is, after))]
}

const basketDetails = (
  change: RecordChange<Basket>,
  before: Tracker,
  after: Tracker,
): readonly Detail[] => {
  const [was, is] = [change.before?.title, change.after?.title]
  if (change.status !== 'changed') return wholeDetails('Basket', was, is, () => 0, before, after)
  return [
    ...named('Title', change, was, is),
    ...moved(change, before.baskets, after.baskets, ({ title }) => title),
  ]
}

const partyDetails = (
  change: RecordChange<Party>,
  before: Tracker,
  after: Tracker,
): readonly Detail[] => {
  const [was, is] = [change.before?.name, change.after?.name]
  const cells = (tracker: Tracker): number =>
    Object.values(tracker.cells).filter(({ partyId }) => partyId === change.id).length
  if (change.status !== 'changed') return wholeDetails('Column', was, is, cells, before, after)
  return [
    ...named('Name', change, was, is),
    ...(change.fields.includes('role') || change.fields.includes('alsoRole')
      ? [line('Role', roles(change.before), roles(change.after))]
      : []),
    ...moved(change, before.parties, after.parties, ({ name }) => name),
  ]
}

const issueDetails = (
  change: RecordChange<Issue>,
  before: Tracker,
  after: Tracker,
): readonly Detail[] => {
  const [was, is] = [change.before, change.after]
  const cells = (tracker: Tracker): number =>
    Object.values(tracker.cells).filter(({ issueId }) => issueId === change.id).length
  if (change.status !== 'changed')
    return wholeDetails('Row', was?.title, is?.title, cells, before, after)
  return [
    ...named('Title', change, was?.title, is?.title),
    ...(change.fields.includes('description')
      ? [line('Description', was?.description ?? '', is?.description ?? '', 'prose')]
      : []),
    ...(change.fields.includes('scale') ? [line('Scale', scaleWords(was), scaleWords(is))] : []),
    ...(change.moved ? [line('Place', placeOf(was, before), placeOf(is, after))] : []),
  ]
}

const named = (
  name: 'Title' | 'Name',
  { fields }: { readonly fields: readonly string[] },
  was = '',
  is = '',
): readonly Detail[] => (fields.includes(name.toLowerCase()) ? [line(name, was, is, 'prose')] : [])

const moved = <R extends { readonly id: string }>(
  change: RecordChange<R>,
  before: readonly R[],
  after: readonly R[],
  nameOf: (record: R) => string,
): readonly Detail[] => {
  const place = (records: readonly R[]): string => {
    const above = records[records.findIndex(({ id }) => id === change.id) - 1]
    return above ? `after ${nameOf(above) || 'an unnamed one'}` : 'first'
  }
  return change.moved ? [line('Place', place(before), place(after))] : []
}

const roles = (party: Party | undefined): string =>
  party
    ? rolesOf(party)
        .map(role => PARTY_ROLE_LABELS[role])
        .join(' and ')
    : ''

const scaleWords = (issue: Issue | undefined): string => {
  const points = (issue?.scale.points ?? []).map(({ label }) => label).join(' · ')
  return issue?.scale.name ? `${issue.scale.name}: ${points}` : points
}

/** "Nuclear file, after Verification" */
const placeOf = (issue: Issue | undefined, { baskets, issues }: Tracker): string => {
  const siblings = issues.filter(({ basketId }) => basketId === issue?.basketId)
  const basket = baskets.find(({ id }) => id === issue?.basketId)?.title || 'No basket'
  const above = siblings[siblings.findIndex(({ id }) => id === issue?.id) - 1]
  return above ? `${basket}, after ${above.title || 'an untitled row'}` : `${basket}, first`
}

/** What a change is about: "Verification · Iran". */
export const titleOf = (stop: Stop, { before, after }: Comparison): string => {
  switch (stop.kind) {
    case 'tracker':
      return 'The tracker'
    case 'basket':
      return `Basket ${(stop.change.after ?? stop.change.before)?.title || 'untitled'}`
    case 'party':
      return (stop.change.after ?? stop.change.before)?.name || 'Unnamed party'
    case 'issue':
      return (stop.change.after ?? stop.change.before)?.title || 'Untitled issue'
    case 'cell': {
      const { issueId, partyId } = stop.change
      const issue = [...after.issues, ...before.issues].find(({ id }) => id === issueId)
      const party = [...after.parties, ...before.parties].find(({ id }) => id === partyId)
      return `${issue?.title || 'Untitled issue'} · ${party?.name || 'Unnamed party'}`
    }
  }
}
