/** The demo on 3 February: a wish for Oman, and a report that is denied. */
import type { Chapter } from '#server/seeds/demo-chapter.ts'
import { together } from '#server/seeds/demo-edit.ts'
import { become, claims, conflict } from '#server/seeds/demo-evidence.ts'
import { events, moved } from '#server/seeds/demo-events.ts'
import { meeting } from '#server/seeds/demo-meeting.ts'
import { judged } from '#server/seeds/demo-outlook.ts'
import { cell, lastWord } from '#server/seeds/demo-verbs.ts'

const TUESDAY = '2026-02-03'

export const OMAN: Chapter = {
  starts: '2026-02-03T13:30:00Z',
  edits: [
    ['sources', claims('wantsOman')],
    [
      'sources',
      become('disputed', ['friday', 'regionalGuests', 'hostChosen'], {
        because: 'Two sources say that Iran wants another place, and the two sides alone.',
        date: TUESDAY,
        by: 'wantsOman',
      }),
    ],
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
        claims: ['wantsOman'],
      }),
    ],
    [
      'mediation',
      cell('venue', 'egypt', {
        position: 'Whether it takes part is open again. Held Turkey to be the most neutral place.',
        claims: ['wantsOman'],
      }),
    ],
    [
      'sources',
      conflict(
        'regionalGuests',
        'wantsOman',
        'Four states of the region in the room, or the two sides alone.',
      ),
    ],
    ['sources', claims('uraniumAbroad', 'uraniumDenied')],
    [
      'sources',
      become('denied', ['uraniumAbroad'], {
        because: 'By a named official, on the record.',
        date: TUESDAY,
        by: 'uraniumDenied',
      }),
    ],
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
    [
      'sources',
      together(
        events({
          oman: {
            title: 'Iran wants Oman and the two sides alone',
            note: 'Two unnamed sources; no official confirmation.',
            party: 'iran',
            date: TUESDAY,
            claims: ['wantsOman'],
          },
          uranium: {
            title: 'A report on uranium going abroad, denied by name',
            party: 'iran',
            date: TUESDAY,
            claims: ['uraniumAbroad', 'uraniumDenied'],
          },
        }),
        moved('oman', ['venue', 'iran'], ['readiness', 'iran']),
        moved('uranium', ['compliance', 'iran']),
      ),
    ],
    [
      'mediation',
      meeting({ venue: 'Istanbul; Iran is said to want Oman', venueConfidence: 'low' }),
    ],
    [
      'desk',
      together(
        judged('diplomatic', { likelihood: 50 }),
        judged('slip', {
          likelihood: 60,
          note: 'Another place is asked for, by nobody in public.',
        }),
      ),
    ],
  ],
  snapshot: {
    by: 'sources',
    label: 'Iran wants Oman, bilateral only',
    note: 'Two unnamed sources, no official confirmation. A report about uranium going abroad is denied by name: denied, not superseded.',
  },
}
