/** The demo on the evening of 2 February: a date in Istanbul. */
import type { Chapter } from '#server/seeds/demo-chapter.ts'
import { attach, become, claims } from '#server/seeds/demo-evidence.ts'
import { events, moved } from '#server/seeds/demo-events.ts'
import { expected, meeting } from '#server/seeds/demo-meeting.ts'
import { judged } from '#server/seeds/demo-outlook.ts'
import { bloc } from '#server/seeds/demo-people.ts'
import { together } from '#server/seeds/demo-edit.ts'
import { cell, describe, lastWord, redLine, row } from '#server/seeds/demo-verbs.ts'

const MONDAY = '2026-02-02'

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
        addressee: 'United States',
        since: MONDAY,
      }),
    ],
    ['desk', attach('redLine', 'compliance/iran', 'allRejected')],
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
    [
      'sources',
      become('superseded', ['ankara', 'pending'], {
        because: 'Officials of both sides name a day and a city.',
        date: MONDAY,
        by: 'friday',
      }),
    ],
    [
      'mediation',
      bloc(
        'guests',
        {
          name: 'Guests of the Istanbul talks',
          note: 'Saudi Arabia and the Emirates too, which have no column here.',
        },
        { party: 'qatar', since: MONDAY },
        { party: 'egypt', since: MONDAY },
      ),
    ],
    [
      'sources',
      together(
        events({
          demands: {
            title: 'Washington’s three demands, and Iran’s no to all three',
            date: MONDAY,
            claims: ['threeDemands', 'allRejected', 'missilesHarder'],
          },
          fridayNamed: {
            title: 'Friday in Istanbul, say officials of both sides',
            date: MONDAY,
            claims: ['friday', 'regionalGuests'],
          },
        }),
        moved('demands', ['compliance', 'us'], ['compliance', 'iran']),
        moved(
          'fridayNamed',
          ['venue', 'iran'],
          ['venue', 'us'],
          ['readiness', 'iran'],
          ['readiness', 'us'],
        ),
      ),
    ],
    [
      'mediation',
      together(
        meeting({ venue: 'Istanbul', venueConfidence: 'moderate', plannedFor: '2026-02-06' }),
        expected({ qatar: null, egypt: null }),
      ),
    ],
    [
      'desk',
      together(
        judged('diplomatic', {
          likelihood: 65,
          confidence: 'low',
          note: 'A day and a city from officials of both sides; nothing in public.',
        }),
        judged('slip', { likelihood: 30, confidence: 'low' }),
      ),
    ],
  ],
  snapshot: {
    by: 'mediation',
    label: 'Friday in Istanbul',
    note: 'Officials of both sides and a diplomat, to a wire agency. Four states of the region would attend. First word on what Washington asks for; missiles are a dispute about the agenda, not yet about limits.',
  },
}
