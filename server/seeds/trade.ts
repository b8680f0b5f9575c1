/** Talks on a trade agreement: access to markets, common rules, and how both are upheld. */
import type { TemplateOutline } from '#server/seeds/template.ts'

export const TRADE: TemplateOutline = {
  parties: [
    { name: 'Party A', role: 'negotiating_party' },
    { name: 'Party B', role: 'negotiating_party' },
    { name: 'Party C', role: 'negotiating_party' },
    { name: 'Industry associations', role: 'stakeholder' },
    { name: 'Labour and civil society', role: 'stakeholder' },
    { name: 'Secretariat', role: 'facilitator' },
  ],
  baskets: [
    {
      title: 'Market access',
      issues: [
        {
          title: 'Industrial tariffs',
          description: 'Share of lines that become free of duty, and over how many years.',
          scale: {
            name: 'Depth of liberalisation',
            points: [
              'Bound rates kept',
              'Partial cuts',
              'Most lines, long phase-out',
              'Nearly all lines within 5 years',
              'All lines at entry into force',
            ],
          },
        },
        {
          title: 'Agricultural access',
          description: 'Treatment of sensitive products: quotas, safeguards, exclusions.',
          scale: {
            name: 'Openness',
            points: [
              'Sensitive products excluded',
              'Small fixed quotas',
              'Growing quotas',
              'Tariff cuts with safeguard',
              'Free of duty and quota',
            ],
          },
        },
        {
          title: 'Services and investment',
          description: 'Sectors opened, equity limits, movement of professionals.',
          scale: {
            name: 'Breadth of commitments',
            points: [
              'Multilateral level only',
              'Listed sectors',
              'Listed sectors, standstill',
              'Open but for listed reservations',
              'Open, future measures included',
            ],
          },
        },
        {
          title: 'Public procurement',
          description: 'Levels of government and thresholds above which foreign bids count.',
          scale: {
            name: 'Coverage',
            points: [
              'None',
              'Transparency only',
              'Central government',
              'Regions and utilities too',
              'All levels, low thresholds',
            ],
          },
        },
      ],
    },
    {
      title: 'Rules',
      issues: [
        {
          title: 'Rules of origin',
          description: 'How much must be made in the area for a product to qualify.',
          scale: {
            name: 'Strictness',
            points: [
              'Last assembly',
              'Change of heading',
              '40 % regional content',
              '60 % regional content',
              'Wholly made in the area',
            ],
          },
        },
        {
          title: 'Subsidies and state enterprises',
          description: 'Disclosure of support, and limits on what distorts competition.',
          scale: {
            name: 'Discipline',
            points: [
              'None',
              'Notification',
              'Consultation on harm',
              'Prohibited categories',
              'Prior approval',
            ],
          },
        },
        {
          title: 'Data flows',
          description: 'Whether data may cross borders, and when it must be stored at home.',
          scale: {
            name: 'Freedom of flow',
            points: [
              'Local storage required',
              'Case-by-case transfer',
              'Free with adequacy finding',
              'Free with privacy exception',
              'Free, localisation banned',
            ],
          },
        },
        {
          title: 'Intellectual property',
          description: 'Terms of protection beyond the multilateral level, and geographical names.',
          scale: {
            name: 'Level of protection',
            points: [
              'Multilateral level',
              'Enforcement co-operation',
              'Listed names protected',
              'Longer terms for some rights',
              'Longer terms and data exclusivity',
            ],
          },
        },
      ],
    },
    {
      title: 'Sustainability',
      issues: [
        {
          title: 'Labour and environment',
          description: 'How binding the chapter is, and whether a breach has trade consequences.',
          scale: {
            name: 'Bindingness',
            points: [
              'Preamble only',
              'Best endeavours',
              'Binding, panel report',
              'Binding, remedies last',
              'Binding, trade sanctions',
            ],
          },
        },
        {
          title: 'Carbon border measures',
          description: 'Treatment of goods under a border adjustment for carbon.',
          scale: {
            name: 'Relief granted',
            points: [
              'Full application',
              'Technical support',
              'Domestic price credited',
              'Transition period',
              'Exempt',
            ],
          },
        },
      ],
    },
    {
      title: 'Upholding the agreement',
      issues: [
        {
          title: 'Settlement of disputes',
          description: 'Who decides, how binding it is, and what follows if it is ignored.',
          scale: {
            name: 'Judicial force',
            points: [
              'Consultations',
              'Mediation',
              'Panel, advisory',
              'Panel, binding',
              'Standing court with appeal',
            ],
          },
        },
        {
          title: 'Safeguards and remedies',
          description: 'When a party may raise duties again for an injured industry.',
          scale: {
            name: 'Room to protect',
            points: [
              'None between the parties',
              'Serious injury, once',
              'Serious injury, with compensation',
              'Injury, time-limited',
              'Free use',
            ],
          },
        },
        {
          title: 'Entry into force',
          description: 'Which parts apply before every parliament has agreed.',
          scale: {
            name: 'How early',
            points: [
              'After all ratifications',
              'After a quorum of ratifications',
              'Trade part provisionally',
              'Nearly all provisionally',
              'At signature',
            ],
          },
        },
      ],
    },
  ],
}
