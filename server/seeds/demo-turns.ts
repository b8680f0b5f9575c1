/** The demo's later sittings: how the record moved from Istanbul to Oman, to no talks at all, to Muscat. */
import type { Chapter } from '#server/seeds/demo-chapter.ts'
import {
  cell,
  claims,
  describe,
  judge,
  recast,
  redLine,
  row,
  withoutRow,
} from '#server/seeds/demo-verbs.ts'

const lastWord = (word: string) =>
  describe('venue', `How acceptable Turkey is as the place of the talks. Last word: ${word}.`)

const ISTANBUL: Chapter = {
  starts: '2026-02-02T17:20:00Z',
  edits: [
    ['sources', claims('friday', 'regionalGuests')],
    ['sources', claims('threeDemands', 'allRejected', 'missilesHarder')],
    ['mediation', lastWord('Istanbul, on Friday')],
    [
      'sources',
      cell('venue', 'iran', {
        position:
          'Istanbul on Friday, say officials of both sides. No office has said so in public.',
        confidence: 'moderate',
        claims: ['friday'],
      }),
    ],
    [
      'sources',
      cell('venue', 'us', {
        stance: 3,
        position: 'Istanbul on Friday, say officials of both sides.',
        confidence: 'moderate',
        claims: ['friday'],
      }),
    ],
    [
      'mediation',
      cell('venue', 'qatar', {
        position: 'Would take part in Istanbul. Held Turkey to be the most neutral place.',
        claims: ['regionalGuests'],
      }),
    ],
    [
      'mediation',
      cell('venue', 'egypt', {
        position: 'Would take part in Istanbul. Held Turkey to be the most neutral place.',
        claims: ['regionalGuests'],
      }),
    ],
    [
      'mediation',
      cell('readiness', 'iran', {
        stance: 3,
        position: 'Has agreed to meet on Friday, officials say. Conceding nothing yet.',
        confidence: 'moderate',
        claims: ['friday'],
      }),
    ],
    [
      'mediation',
      cell('readiness', 'us', {
        stance: 3,
        position: 'Has agreed to meet on Friday, officials say. Open to a diplomatic solution.',
        scope: 'on_table',
        scopeNote: 'Wants missiles and support for armed groups on the agenda too',
        confidence: 'moderate',
        claims: ['friday', 'threeDemands'],
      }),
    ],
    [
      'desk',
      cell('compliance', 'us', {
        stance: 4,
        position: 'Asks for zero enrichment.',
        confidence: 'low',
        salience: 'high',
        claims: ['threeDemands'],
      }),
    ],
    [
      'desk',
      cell('compliance', 'iran', {
        knowledge: 'reported',
        position: 'Rejects zero enrichment. Which limits it would accept is not said.',
        salience: 'high',
        claims: ['allRejected'],
      }),
    ],
    [
      'desk',
      redLine('compliance', 'iran', {
        kind: 'red_line',
        statement: 'Enrichment does not end.',
        operator: 'at_most',
        value: 3,
        soft: true,
      }),
    ],
    ['desk', row('missiles')],
    [
      'desk',
      cell('missiles', 'us', {
        knowledge: 'reported',
        scope: 'on_table',
        position: 'Asks for limits; which ones is not said.',
        confidence: 'low',
        claims: ['threeDemands'],
      }),
    ],
    [
      'desk',
      cell('missiles', 'iran', {
        knowledge: 'reported',
        scope: 'off_table',
        scopeNote: 'Not a subject of these talks',
        position: 'Refuses to discuss them: another thing than opposing a limit.',
        confidence: 'low',
        salience: 'high',
        claims: ['allRejected', 'missilesHarder'],
      }),
    ],
    ['sources', judge('superseded', 'ankara', 'pending')],
  ],
  snapshot: {
    by: 'mediation',
    label: 'Friday in Istanbul',
    note: 'Officials of both sides and a diplomat, to a wire agency. Four states of the region would attend. First word on what Washington asks for; missiles are a dispute about the agenda, not yet about limits.',
  },
}

const OMAN: Chapter = {
  starts: '2026-02-03T13:30:00Z',
  edits: [
    ['sources', claims('wantsOman')],
    ['sources', judge('disputed', 'friday', 'regionalGuests', 'hostChosen')],
    ['mediation', lastWord('Oman, if Iran has its way; Istanbul is not called off')],
    [
      'sources',
      cell('venue', 'iran', {
        stance: 1,
        position:
          'Wants Oman and the two sides alone, two unnamed sources say; no official confirmation. Istanbul on Friday was the word of officials the day before.',
        confidence: 'low',
        claims: ['wantsOman'],
      }),
    ],
    [
      'mediation',
      cell('venue', 'qatar', {
        position: 'Whether it takes part is open again. Held Turkey to be the most neutral place.',
      }),
    ],
    [
      'mediation',
      cell('venue', 'egypt', {
        position: 'Whether it takes part is open again. Held Turkey to be the most neutral place.',
      }),
    ],
    ['sources', claims('uraniumAbroad', 'uraniumDenied')],
    ['sources', judge('denied', 'uraniumAbroad')],
    [
      'desk',
      cell('compliance', 'iran', {
        position:
          'Rejects zero enrichment. Which limits it would accept is not said. That uranium might go abroad is denied by a named official.',
        claims: ['uraniumAbroad', 'uraniumDenied'],
      }),
    ],
    [
      'mediation',
      cell('readiness', 'iran', {
        position:
          'Has agreed to meet on Friday, officials say, but wants another place and format.',
        confidence: 'low',
        claims: ['wantsOman'],
      }),
    ],
  ],
  snapshot: {
    by: 'sources',
    label: 'Iran wants Oman, bilateral only',
    note: 'Two unnamed sources, no official confirmation. A report about uranium going abroad is denied by name: denied, not superseded.',
  },
}

const NOTHING: Chapter = {
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

const MUSCAT: Chapter = {
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
const MORNING_AFTER: Chapter = {
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

export const TURNS: readonly Chapter[] = [ISTANBUL, OMAN, NOTHING, MUSCAT, MORNING_AFTER]
