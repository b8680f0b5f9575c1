/** A peace process: silence of arms, the order after it, people, and what makes it hold. */
import type { TemplateOutline } from '#server/seeds/template.ts'

export const PEACE: TemplateOutline = {
  parties: [
    { name: 'Government', role: 'negotiating_party' },
    { name: 'Armed movement', role: 'negotiating_party' },
    { name: 'Political opposition', role: 'stakeholder' },
    { name: 'Civil society', role: 'observer' },
    { name: 'Mediator', role: 'mediator' },
    { name: 'Guarantor state', role: 'guarantor' },
    { name: 'Neighbouring state', role: 'stakeholder' },
  ],
  baskets: [
    {
      title: 'Security',
      issues: [
        {
          title: 'Ceasefire',
          description: 'What stops, where, and for how long.',
          scale: {
            name: 'Extent',
            points: [
              'Fighting goes on',
              'Local truces',
              'Pause for talks',
              'Nationwide, renewable',
              'Permanent',
            ],
          },
        },
        {
          title: 'Monitoring',
          description: 'Who observes the ceasefire, with which access and consequences.',
          scale: {
            name: 'Independence and reach',
            points: [
              'None',
              'Hotline between the sides',
              'Joint commission',
              'International observers',
              'International force',
            ],
          },
        },
        {
          title: 'Disarmament and return of fighters',
          description: 'What happens to weapons and fighters, and in which order.',
          scale: {
            name: 'Completeness',
            points: [
              'Arms kept',
              'Assembly in agreed areas',
              'Heavy weapons stored',
              'In phases, verified',
              'Complete before politics',
            ],
          },
        },
        {
          title: 'Reform of the security forces',
          description: 'Integration of former fighters, command and civilian control.',
          scale: {
            name: 'Depth of reform',
            points: [
              'Unchanged',
              'Vetting of officers',
              'Individual integration',
              'Integration by units',
              'New joint forces',
            ],
          },
        },
      ],
    },
    {
      title: 'Political order',
      issues: [
        {
          title: 'Interim government',
          description: 'Who governs until elections, and with which powers.',
          scale: {
            name: 'Sharing of power',
            points: [
              'Present government stays',
              'Advisory role for others',
              'Some ministries',
              'Parity',
              'New neutral government',
            ],
          },
        },
        {
          title: 'Territory and self-government',
          description: 'Powers and money of regions, and how they are protected.',
          scale: {
            name: 'Autonomy',
            points: [
              'Unitary state',
              'Stronger municipalities',
              'Devolved regions',
              'Federation',
              'Vote on leaving',
            ],
          },
        },
        {
          title: 'Constitution and elections',
          description: 'Who writes the rules, and when people vote on them.',
          scale: {
            name: 'Extent of renewal',
            points: [
              'Present constitution',
              'Amendments in parliament',
              'Amendments by referendum',
              'Constitutional assembly',
              'New constitution before elections',
            ],
          },
        },
      ],
    },
    {
      title: 'People and justice',
      issues: [
        {
          title: 'Humanitarian access',
          description: 'Routes, permits and safety of aid.',
          scale: {
            name: 'Freedom of access',
            points: [
              'Blocked',
              'Case by case',
              'Agreed corridors',
              'Notification only',
              'Free everywhere',
            ],
          },
        },
        {
          title: 'Detainees and the missing',
          description: 'Release or exchange, lists, and search for the missing.',
          scale: {
            name: 'Extent of release',
            points: [
              'None',
              'Lists exchanged',
              'The sick, women and children',
              'Phased exchange',
              'All for all',
            ],
          },
        },
        {
          title: 'Return of the displaced',
          description: 'Right to return, property and safety.',
          scale: {
            name: 'Strength of the right',
            points: [
              'Not addressed',
              'Voluntary where safe',
              'Assisted return',
              'Return with property claims',
              'Full return and compensation',
            ],
          },
        },
        {
          title: 'Accountability',
          description: 'Courts, truth-telling and amnesty for grave crimes.',
          scale: {
            name: 'Degree of accountability',
            points: [
              'General amnesty',
              'Truth commission only',
              'Reduced sentences for truth',
              'Special court',
              'International jurisdiction',
            ],
          },
        },
      ],
    },
    {
      title: 'Making it hold',
      issues: [
        {
          title: 'Guarantees',
          description: 'Who stands behind the agreement, and with what.',
          scale: {
            name: 'Strength',
            points: [
              'None',
              'Witnesses sign',
              'Friends’ group follows up',
              'Security Council resolution',
              'Guarantor with mandate to act',
            ],
          },
        },
        {
          title: 'Reconstruction and money',
          description: 'Funds, control over them, and conditions.',
          scale: {
            name: 'Commitment',
            points: [
              'None',
              'Donor conference',
              'Trust fund',
              'Fund with joint control',
              'Guaranteed multi-year transfers',
            ],
          },
        },
      ],
    },
  ],
}
