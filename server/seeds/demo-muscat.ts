/** The demo on 4 February and the morning after: no talks at all, then Muscat. */
import type { Chapter } from '#server/seeds/demo-chapter.ts'
import { cell, claims, judge, lastWord, recast, withoutRow } from '#server/seeds/demo-verbs.ts'

export const NOTHING: Chapter = {
  starts: '2026-02-04T12:45:00Z',
  edits: [
    ['sources', claims('omanOutlets', 'takeItOrLeaveIt')],
    ['sources', judge('disputed', 'wantsOman', 'omanOutlets')],
    ['mediation', lastWord('contested: Oman in Iranian outlets, no talks at all in Washington')],
    [
      'sources',
      cell('venue', 'iran', {
        position:
          'Oman, say semi-official outlets. Before that two unnamed sources had it want Oman and the two sides alone.',
        claims: ['omanOutlets'],
      }),
    ],
    [
      'sources',
      cell('venue', 'us', {
        position: 'Istanbul as arranged or nothing, say two officials; then nothing.',
        flexibility: 'none',
        confidence: 'low',
        claims: ['takeItOrLeaveIt'],
      }),
    ],
    [
      'mediation',
      cell('readiness', 'us', {
        stance: 0,
        position:
          'No talks, two officials say, after Tehran asked for another place. Contested: Iranian outlets still speak of a meeting.',
        confidence: 'low',
        claims: ['takeItOrLeaveIt', 'omanOutlets'],
      }),
    ],
    [
      'mediation',
      cell('readiness', 'iran', {
        position: 'Still says it will meet, in Oman. Contested from Washington.',
        claims: ['omanOutlets', 'takeItOrLeaveIt'],
      }),
    ],
    [
      'desk',
      cell('force', 'us', {
        position:
          'No final decision; diplomacy was still open on Monday, an unnamed official said. Nothing newer.',
      }),
    ],
  ],
  snapshot: {
    by: 'desk',
    label: 'Contested: Oman, or nothing',
    note: 'Semi-official outlets against two US officials. We keep both and choose neither.',
  },
}

export const MUSCAT: Chapter = {
  starts: '2026-02-04T21:50:00Z',
  edits: [
    ['sources', claims('muscatUs', 'muscatIran')],
    ['sources', judge('confirmed', 'muscatUs', 'muscatIran', 'omanOutlets')],
    ['sources', judge('superseded', 'friday', 'regionalGuests', 'hostChosen', 'takeItOrLeaveIt')],
    ['mediation', lastWord('Muscat, confirmed by both sides')],
    [
      'sources',
      cell('venue', 'iran', {
        scope: 'off_table',
        scopeNote: 'Settled: Muscat',
        position: 'Muscat, says its foreign minister by name.',
        confidence: 'high',
        claims: ['muscatIran'],
      }),
    ],
    [
      'sources',
      cell('venue', 'us', {
        scope: 'off_table',
        scopeNote: 'Settled: Muscat',
        position: 'Muscat, says a White House official, some hours after “nothing”.',
        flexibility: 'some',
        confidence: 'high',
        claims: ['muscatUs'],
      }),
    ],
    [
      'mediation',
      cell('readiness', 'us', {
        knowledge: 'agreed',
        stance: 3,
        position: 'The meeting is on again, a White House official says.',
        confidence: 'moderate',
        claims: ['muscatUs'],
      }),
    ],
    [
      'mediation',
      cell('readiness', 'iran', {
        knowledge: 'agreed',
        position: 'Will meet in Muscat, its foreign minister says by name.',
        scopeNote: 'Strictly within the nuclear issue: missiles and armed groups are off the table',
        confidence: 'high',
        claims: ['muscatIran', 'allRejected', 'missilesHarder'],
      }),
    ],
    ['desk', withoutRow('missiles')],
    ['mediation', recast('turkey', { role: 'mediator', alsoRole: null })],
  ],
  snapshot: {
    by: 'mediation',
    label: 'Back on, in Muscat',
    note: 'Confirmed: a White House official, and the foreign minister by name. The row on missiles is now a note on scope under “Readiness to talk”: nobody’s gap is measured on what one side will not discuss.',
  },
}

/** Work that nobody has saved a snapshot of yet. */
export const MORNING_AFTER: Chapter = {
  starts: '2026-02-05T07:10:00Z',
  edits: [
    [
      'mediation',
      cell('venue', 'qatar', {
        position: 'No part in Muscat is reported. Held Turkey to be the most neutral place.',
      }),
    ],
    [
      'mediation',
      cell('venue', 'egypt', {
        position: 'No part in Muscat is reported. Held Turkey to be the most neutral place.',
      }),
    ],
    ['desk', cell('compliance', 'us', { flexibility: 'low' })],
  ],
  snapshot: null,
}
