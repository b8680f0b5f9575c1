/** The demo's first sitting: the matrix is set up, and filled with what the founding report supports and no more. */
import type { Chapter } from '#server/seeds/demo-chapter.ts'
import { citeReport, REPORT_WORDS, tension, withText } from '#server/seeds/demo-excerpts.ts'
import { together } from '#server/seeds/demo-edit.ts'
import { attach, claims } from '#server/seeds/demo-evidence.ts'
import { events, REPORT_EVENTS } from '#server/seeds/demo-events.ts'
import { agenda, expected, meeting } from '#server/seeds/demo-meeting.ts'
import { gaps, scenarios } from '#server/seeds/demo-outlook.ts'
import { bloc, people } from '#server/seeds/demo-people.ts'
import { basket, cell, column, redLine, row } from '#server/seeds/demo-verbs.ts'

/** By the day of the report at the latest; not said in public, but passed on. */
const TO_WASHINGTON = {
  publicity: 'private',
  addressee: 'United States',
  since: '../2026-02-02',
} as const

export const ANNOUNCEMENT: Chapter = {
  starts: '2026-02-02T06:40:00Z',
  edits: [
    ['desk', column('iran')],
    ['desk', column('us')],
    ['mediation', column('turkey')],
    ['mediation', column('egypt')],
    ['mediation', column('qatar')],
    ['desk', column('israel')],
    ['desk', basket('nuclear')],
    ['desk', row('compliance')],
    ['desk', row('verification')],
    ['desk', basket('economic')],
    ['desk', row('sanctions')],
    ['desk', basket('assurance')],
    ['desk', row('guarantees')],
    ['desk', basket('security')],
    ['desk', row('force')],
    ['mediation', basket('process')],
    ['mediation', row('readiness')],
    ['mediation', row('venue')],
    ['mediation', people],
    ['sources', claims('order', 'nuclearOnly', 'orderRepeated', 'noStatement', 'noConcessions')],
    ['sources', claims('testOfDiplomacy', 'exploring', 'pressures', 'hostChosen')],
    ['sources', claims('threeMediators', 'mediatorsAgree', 'comingDays', 'withinDays', 'ankara')],
    ['sources', claims('pending', 'movingForward', 'openToDiplomacy', 'undecided', 'otherOptions')],
    ['sources', claims('israelConditions', 'notAtTable')],
    ['sources', together(withText('report'), citeReport)],
    [
      'desk',
      together(
        tension(
          'Tehran orders a return to nuclear talks; they are held in Turkey.',
          'order',
          'The headline states the order and the place as facts; the body says “reportedly”, and that no office has said so.',
        ),
        tension(
          'American media confirm the mediation.',
          'threeMediators',
          'Over the paragraph it reads “confirm”; under it stand earlier reports, and Washington’s word is pending.',
        ),
        tension(
          REPORT_WORDS.hostChosen,
          'pending',
          'Chosen, say Iranian media; and the confirmation is still pending.',
        ),
      ),
    ],
    [
      'desk',
      cell('compliance', 'iran', {
        knowledge: 'agenda_only',
        position: 'Prepared to explore the subject; how far is not said.',
        confidence: 'low',
        claims: ['exploring'],
      }),
    ],
    [
      'desk',
      cell('compliance', 'israel', {
        knowledge: 'agenda_only',
        position: 'Worried about the nuclear ambitions; no view on the limits is reported.',
        confidence: 'low',
        claims: ['israelConditions'],
      }),
    ],
    [
      'desk',
      cell('sanctions', 'iran', {
        knowledge: 'agenda_only',
        position: 'Prepared to explore relief; how much is not said.',
        confidence: 'low',
        salience: 'high',
        claims: ['exploring', 'pressures'],
      }),
    ],
    [
      'desk',
      cell('verification', 'israel', {
        stance: 4,
        position:
          'Strict verification, as one of the points passed to Washington. We put it at the top of the scale for the word “strict”; to be revised once the content is known.',
        confidence: 'low',
        salience: 'high',
        claims: ['israelConditions'],
      }),
    ],
    [
      'desk',
      redLine('verification', 'israel', {
        kind: 'undistinguished',
        statement: 'Verification has to be strict.',
        operator: 'at_least',
        value: 4,
        soft: true,
        ...TO_WASHINGTON,
      }),
    ],
    ['desk', attach('redLine', 'verification/israel', 'israelConditions')],
    [
      'desk',
      cell('guarantees', 'israel', {
        stance: 3,
        position: 'Long-term guarantees, as one of the points passed to Washington.',
        confidence: 'low',
        salience: 'high',
        claims: ['israelConditions'],
      }),
    ],
    [
      'desk',
      redLine('guarantees', 'israel', {
        kind: 'undistinguished',
        statement: 'Guarantees have to last.',
        operator: 'at_least',
        value: 3,
        soft: true,
        ...TO_WASHINGTON,
      }),
    ],
    ['desk', attach('redLine', 'guarantees/israel', 'israelConditions')],
    [
      'desk',
      cell('force', 'us', {
        stance: 2,
        position: 'No final decision; diplomacy is still open, an unnamed official says.',
        confidence: 'low',
        claims: ['undecided', 'openToDiplomacy', 'otherOptions'],
      }),
    ],
    [
      'mediation',
      cell('readiness', 'iran', {
        stance: 2,
        position:
          'Said to have ordered the return to talks. Ready to explore, conceding nothing yet.',
        scope: 'on_table',
        scopeNote: 'Strictly within the nuclear issue',
        confidence: 'low',
        claims: [
          'order',
          'nuclearOnly',
          'orderRepeated',
          'testOfDiplomacy',
          'exploring',
          'noStatement',
          'noConcessions',
          'withinDays',
        ],
      }),
    ],
    [
      'mediation',
      cell('readiness', 'us', {
        stance: 2,
        position:
          'Open to a diplomatic solution, an unnamed official says. No meeting is confirmed.',
        confidence: 'low',
        claims: ['openToDiplomacy', 'movingForward', 'pending', 'ankara'],
      }),
    ],
    ['mediation', cell('readiness', 'turkey', { knowledge: 'not_applicable' })],
    ['mediation', cell('readiness', 'egypt', { knowledge: 'not_applicable' })],
    ['mediation', cell('readiness', 'qatar', { knowledge: 'not_applicable' })],
    ['mediation', cell('readiness', 'israel', { knowledge: 'not_applicable' })],
    [
      'sources',
      cell('venue', 'iran', {
        stance: 3,
        position: 'Turkey is chosen, say Iranian media. No office has said so.',
        confidence: 'low',
        claims: ['hostChosen', 'noStatement'],
      }),
    ],
    ...(['turkey', 'egypt', 'qatar'] as const).map(
      party =>
        [
          'mediation',
          cell('venue', party, {
            stance: 4,
            position:
              'Most neutral and practical place, in the view forming among the mediators. Reported of the group, not of each.',
            confidence: 'low',
            claims: ['mediatorsAgree', 'threeMediators'],
          }),
        ] as const,
    ),
    [
      'mediation',
      bloc(
        'mediators',
        { name: 'Mediators', note: 'Work on a meeting together, American media had reported.' },
        { party: 'turkey', since: '../2026-02-02' },
        { party: 'egypt', since: '../2026-02-02' },
        { party: 'qatar', since: '../2026-02-02' },
      ),
    ],
    ['sources', events(REPORT_EVENTS)],
    [
      'mediation',
      together(
        meeting({
          title: 'US–Iran meeting',
          round: 'First round',
          status: 'reported',
          venue: 'Turkey; Ankara, say diplomatic sources',
          venueConfidence: 'low',
          timeZone: 'Europe/Istanbul',
        }),
        expected({ iran: 'iranSeniors', us: 'witkoff', turkey: null }),
        agenda('compliance', 'sanctions'),
      ),
    ],
    ['desk', gaps],
    ['desk', scenarios],
  ],
  snapshot: {
    by: 'desk',
    label: 'Tehran orders talks; Turkey as venue',
    note: 'Rests on one unnamed government source that three outlets carried: possibly one origin. 9 of 42 cells have a value, 3 are on the agenda only.',
  },
}
