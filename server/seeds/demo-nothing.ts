/** The demo by day on 4 February: Oman, or no talks at all. */
import type { Chapter } from '#server/seeds/demo-chapter.ts'
import { together } from '#server/seeds/demo-edit.ts'
import {
  become,
  claims,
  conflict,
  gradeClaim,
  gradeSource,
  stillStand,
} from '#server/seeds/demo-evidence.ts'
import { events, moved } from '#server/seeds/demo-events.ts'
import { meeting } from '#server/seeds/demo-meeting.ts'
import { indicator, judged } from '#server/seeds/demo-outlook.ts'
import { faction } from '#server/seeds/demo-people.ts'
import { cell, lastWord } from '#server/seeds/demo-verbs.ts'

const WEDNESDAY = '2026-02-04'

export const NOTHING: Chapter = {
  starts: '2026-02-04T12:45:00Z',
  edits: [
    ['sources', claims('omanOutlets', 'takeItOrLeaveIt')],
    [
      'sources',
      become('disputed', ['wantsOman', 'omanOutlets'], {
        because: 'Two US officials say that there will be no talks at all.',
        date: WEDNESDAY,
        by: 'takeItOrLeaveIt',
      }),
    ],
    [
      'mediation',
      gradeSource(
        'semiOfficial',
        'C',
        'Close to the government: they hear where it wants to meet.',
      ),
    ],
    [
      'sources',
      gradeSource('semiOfficial', 'D', 'Close to the government: they print what it wants heard.'),
    ],
    [
      'sources',
      together(
        gradeClaim('omanOutlets', 3, 'Fits what two sources said the day before.'),
        conflict('omanOutlets', 'takeItOrLeaveIt', 'Talks in Oman, or no talks.'),
      ),
    ],
    ['mediation', lastWord('contested: Oman in Iranian outlets, no talks at all in Washington')],
    [
      'sources',
      cell('venue', 'iran', {
        position:
          'Oman, say semi-official outlets. Before that two unnamed sources had it want Oman and the two sides alone.',
        claims: ['omanOutlets', 'takeItOrLeaveIt'],
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
    ['mediation', stillStand('wantsOman', 'disputed', ['venue', 'qatar'], ['venue', 'egypt'])],
    [
      'mediation',
      faction(
        'us',
        {
          name: '“This or nothing”',
          note: 'Two officials in the course of 4 February. Whether they speak for a current or for a moment is not known.',
        },
        {
          office: 'Two US officials',
          speaksFor: 'Not known; hours later the White House said otherwise.',
        },
      ),
    ],
    [
      'sources',
      together(
        events({
          nothing: {
            title: '“This or nothing”, then “nothing”, say two US officials',
            party: 'us',
            date: WEDNESDAY,
            claims: ['takeItOrLeaveIt'],
          },
          outlets: {
            title: 'Oman, say semi-official Iranian outlets',
            party: 'iran',
            date: WEDNESDAY,
            claims: ['omanOutlets'],
          },
        }),
        moved('nothing', ['venue', 'us'], ['readiness', 'us']),
        moved('outlets', ['venue', 'iran'], ['readiness', 'iran']),
      ),
    ],
    ['mediation', meeting({ venue: 'Contested: Oman, or no meeting at all' })],
    [
      'desk',
      together(
        judged('diplomatic', {
          likelihood: 35,
          note: 'Two officials against semi-official outlets.',
        }),
        judged('slip', { likelihood: 65 }),
        indicator('slip/otherHost', 'seen', 'omanOutlets'),
      ),
    ],
  ],
  snapshot: {
    by: 'desk',
    label: 'Contested: Oman, or nothing',
    note: 'Semi-official outlets against two US officials. We keep both and choose neither.',
  },
}
