/** Scenarios in the words of ICD 203, and open questions by when they are due. */
import { describe, expect, test } from 'vitest'
import { attachmentRecords } from '#shared/document/claims.ts'
import { gapRecords, indicatorRecords } from '#shared/document/outlook.ts'
import { addScenario, removeScenario } from '#shared/document/scenarios.ts'
import { createTracker, readTracker, setLikelihoodRow } from '#shared/document/tracker.ts'
import { byUrgency, isOverdue, type Gap } from '#shared/gaps.ts'
import type { AttachmentId, ClaimId, GapId, IndicatorId, ScenarioId } from '#shared/ids.ts'
import {
  LIKELIHOODS,
  likelihoodOf,
  likelihoodWords,
  middleOf,
  parseLikelihood,
} from '#shared/likelihoods.ts'
import { LIKELIHOOD_ROWS } from '#shared/scenarios.ts'
import { newDoc, rewind } from '#test/shared/edits.ts'

describe('a likelihood', () => {
  test.each([
    [1, 'almost no chance', 'remote'],
    [4.99, 'almost no chance', 'remote'],
    [5, 'very unlikely', 'highly improbable'],
    [19.99, 'very unlikely', 'highly improbable'],
    [20, 'unlikely', 'improbable'],
    [44.99, 'unlikely', 'improbable'],
    [45, 'roughly even chance', 'roughly even odds'],
    [54.99, 'roughly even chance', 'roughly even odds'],
    [55, 'likely', 'probable'],
    [79.99, 'likely', 'probable'],
    [80, 'very likely', 'highly probable'],
    [94.99, 'very likely', 'highly probable'],
    [95, 'almost certain', 'nearly certain'],
    [99, 'almost certain', 'nearly certain'],
  ])('of %d %% reads “%s”, in the other row “%s”', (percent, likely, probable) => {
    expect(likelihoodWords(percent, 'likely')).toBe(likely)
    expect(likelihoodWords(percent, 'probable')).toBe(probable)
  })

  test.each([0, 0.99, 99.01, 100, -5, Number.NaN, Number.POSITIVE_INFINITY])(
    'of %d %% has no word: nothing is impossible, nothing is certain',
    percent => {
      for (const row of LIKELIHOOD_ROWS) expect(likelihoodWords(percent, row)).toBe('')
    },
  )

  test('has words of two rows of which none stands in both', () => {
    const [likely, probable] = LIKELIHOOD_ROWS.map(row => LIKELIHOODS.map(step => step[row]))
    expect(new Set([...(likely ?? []), ...(probable ?? [])]).size).toBe(14)
    for (const step of LIKELIHOODS) expect(likelihoodOf(middleOf(step))).toBe(step)
  })

  test('is read as people type it', () => {
    expect(['60', '60 %', ' 62,5%', '1', '99'].map(parseLikelihood)).toEqual([60, 60, 62.5, 1, 99])
    for (const typed of ['', '0', '100', '-4', 'likely', '1e1', '0x20', '60 60', '99.5', '5..5'])
      expect(parseLikelihood(typed), typed).toBe(undefined)
  })

  test('speaks one row in a tracker, which is one choice for all of it', () => {
    const doc = newDoc()
    createTracker(doc, 'Talks')
    expect(readTracker(doc).likelihoodRow).toBe('likely')
    setLikelihoodRow(doc, 'probable')
    expect(readTracker(doc).likelihoodRow).toBe('probable')
  })
})

test('a scenario goes with its indicators and what was attached to them, and no other', () => {
  rewind()
  const doc = newDoc()
  createTracker(doc, 'Talks')
  for (const name of ['deal', 'war']) {
    addScenario(doc, name as ScenarioId, { title: name })
    indicatorRecords.put(doc, `i-${name}` as IndicatorId, {
      scenarioId: name as ScenarioId,
      text: 'Envoys travel',
    })
    for (const [to, subjectId] of [
      ['scenario', name],
      ['indicator', `i-${name}`],
    ] as const)
      attachmentRecords.put(doc, `a-${to}-${name}` as AttachmentId, {
        claimId: 'c' as ClaimId,
        to,
        subjectId,
      })
  }
  expect(readTracker(doc).scenarios.map(({ title }) => title)).toEqual(['deal', 'war'])
  removeScenario(doc, 'deal' as ScenarioId)
  const { attachments, indicators, scenarios } = readTracker(doc)
  expect(scenarios.map(({ id }) => id)).toEqual(['war'])
  expect(indicators.map(({ id }) => id)).toEqual(['i-war'])
  expect(attachments.map(({ id }) => id)).toEqual(['a-indicator-war', 'a-scenario-war'])
})

describe('an open question', () => {
  const gap = (name: string, dueAt: string, status: Gap['status'] = 'open'): Gap => ({
    ...gapRecords.blank,
    id: name as GapId,
    dueAt,
    status,
  })
  const at = (time: string): number => Date.parse(time)

  test('is overdue once the whole of the day is over, and only while it is open', () => {
    const due = gap('a', '2026-02-04')
    expect(isOverdue(due, at('2026-02-04T23:59:59Z'))).toBe(false)
    expect(isOverdue(due, at('2026-02-05T00:00:00Z'))).toBe(true)
    expect(isOverdue(gap('a', '2026-02'), at('2026-02-28T12:00:00Z'))).toBe(false)
    for (const status of ['answered', 'dropped'] as const)
      expect(isOverdue(gap('a', '2026-02-04', status), at('2026-03-01T00:00:00Z'))).toBe(false)
    for (const dueAt of ['', 'soon', '2026-02-31'])
      expect(isOverdue(gap('a', dueAt), at('2030-01-01T00:00:00Z')), dueAt).toBe(false)
  })

  test('stands before those that are due later, and before all that are settled', () => {
    const gaps = [
      gap('settled', '2026-01-01', 'answered'),
      gap('undated', ''),
      gap('later', '2026-02-05'),
      gap('first', '2026-02-04'),
    ]
    expect(gaps.toSorted(byUrgency).map(({ id }) => id)).toEqual([
      'first',
      'later',
      'undated',
      'settled',
    ])
  })
})
