/** The demo in the night of 4 February and the morning after: talks in Muscat. */
import type { Chapter } from '#server/seeds/demo-chapter.ts'
import { together } from '#server/seeds/demo-edit.ts'
import { attach, become, claims, goBy, settleSource } from '#server/seeds/demo-evidence.ts'
import { cite, excerpt, withText } from '#server/seeds/demo-excerpts.ts'
import { events, moved } from '#server/seeds/demo-events.ts'
import { meeting, noLongerExpected, note } from '#server/seeds/demo-meeting.ts'
import { answer, indicator, judged } from '#server/seeds/demo-outlook.ts'
import { bloc } from '#server/seeds/demo-people.ts'
import { cell, lastWord, recast, withoutRow } from '#server/seeds/demo-verbs.ts'

const WEDNESDAY = '2026-02-04'
const ON_AGAIN = 'the talks are on again, in Muscat'
const IN_MUSCAT = 'the talks take place in Muscat'

export const MUSCAT: Chapter = {
  starts: '2026-02-04T21:50:00Z',
  edits: [
    ['sources', claims('muscatUs', 'muscatIran')],
    [
      'sources',
      together(
        withText('whiteHouse'),
        withText('foreignMinister'),
        excerpt('whiteHouse', ON_AGAIN),
        excerpt('foreignMinister', IN_MUSCAT),
        // Two that do not come from each other: that is what credibility 1 asks for.
        cite('muscatUs', ON_AGAIN),
        cite('muscatUs', IN_MUSCAT),
        cite('muscatIran', IN_MUSCAT),
        cite('muscatIran', ON_AGAIN),
      ),
    ],
    [
      'sources',
      together(
        become('confirmed', ['muscatUs', 'omanOutlets'], {
          because: 'The foreign minister says the same by name.',
          date: WEDNESDAY,
          by: 'muscatIran',
        }),
        become('confirmed', ['muscatIran'], {
          because: 'A White House official says the same.',
          date: WEDNESDAY,
          by: 'muscatUs',
        }),
      ),
    ],
    [
      'sources',
      become('superseded', ['friday', 'hostChosen', 'takeItOrLeaveIt'], {
        because: 'Muscat, from both sides.',
        date: WEDNESDAY,
        by: 'muscatIran',
      }),
    ],
    [
      'desk',
      together(
        goBy(
          'omanOutlets',
          ['omanOutlets', 'takeItOrLeaveIt'],
          'A White House official and the foreign minister by name: Muscat, which is in Oman.',
        ),
        settleSource(
          'semiOfficial',
          'F',
          'One closeness, read in two ways, and no record to decide by. Right about Oman this once.',
        ),
      ),
    ],
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
    [
      'mediation',
      bloc(
        'guests',
        {},
        { party: 'qatar', until: WEDNESDAY },
        { party: 'egypt', until: WEDNESDAY },
      ),
    ],
    [
      'sources',
      together(
        events({
          confirmation: { date: WEDNESDAY, phrase: '', note: 'A White House official, not named.' },
          muscat: {
            title: 'Back on, in Muscat',
            note: 'A White House official, and Iran’s foreign minister by name.',
            date: WEDNESDAY,
            claims: ['muscatUs', 'muscatIran'],
          },
        }),
        attach('event', 'confirmation', 'muscatUs'),
        moved(
          'muscat',
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
        meeting({
          status: 'agreed',
          venue: 'Muscat',
          venueConfidence: 'high',
          timeZone: 'Asia/Muscat',
        }),
        noLongerExpected('turkey'),
      ),
    ],
    [
      'desk',
      together(
        answer(
          'usConfirms',
          'By a White House official, not named: on again, in Muscat. The level is open.',
        ),
        answer('iranConfirms', 'The talks, by its foreign minister; not the order itself.'),
        answer('city', 'Neither: Muscat.'),
      ),
    ],
    [
      'desk',
      together(
        judged('diplomatic', {
          title: 'The diplomatic path holds: talks convene in Muscat',
          likelihood: 75,
          confidence: 'moderate',
          note: 'Both sides name the place, which is no longer Turkey.',
        }),
        judged('slip', {
          title: 'Talks slip or move once more',
          likelihood: 25,
          confidence: 'moderate',
          note: 'Moved twice in three days.',
        }),
        indicator('diplomatic/usConfirms', 'seen', 'muscatUs'),
        indicator('diplomatic/iranConfirms', 'seen', 'muscatIran'),
        indicator('slip/silence', 'passed'),
      ),
    ],
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
    [
      'mediation',
      together(
        noLongerExpected('qatar', 'egypt'),
        note('readiness', {
          speaker: '',
          text: 'To listen for: whether missiles come up at all, and who brings them up.',
        }),
      ),
    ],
    ['desk', cell('compliance', 'us', { flexibility: 'low' })],
  ],
  snapshot: null,
}
