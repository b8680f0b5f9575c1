/** The demo on 2 and 3 February: a date in Istanbul, and then a wish for Oman. */
import type { Chapter } from '#server/seeds/demo-chapter.ts'
import { cell, claims, describe, judge, lastWord, redLine, row } from '#server/seeds/demo-verbs.ts'

export const ISTANBUL: Chapter = {
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
      describe(
        'compliance',
        'Which limits and obligations on its nuclear activities Iran would accept. The first report named the subject only; demands and answers came hours later.',
      ),
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

export const OMAN: Chapter = {
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
