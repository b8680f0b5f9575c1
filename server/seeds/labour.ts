/** Collective bargaining: pay, time, security of work, and the agreement itself. */
import type { TemplateOutline } from '#server/seeds/template.ts'

export const LABOUR: TemplateOutline = {
  parties: [
    { name: 'Employer', role: 'negotiating_party' },
    { name: 'Union A', role: 'negotiating_party' },
    { name: 'Union B', role: 'negotiating_party' },
    { name: 'Works council', role: 'stakeholder' },
    { name: 'Owners', role: 'stakeholder' },
    { name: 'Conciliator', role: 'mediator' },
  ],
  baskets: [
    {
      title: 'Pay',
      issues: [
        {
          title: 'General increase',
          description: 'The rise for everybody over the term, measured against inflation.',
          scale: {
            name: 'Size of the rise',
            points: [
              'Pay freeze',
              'Below inflation',
              'At inflation',
              'Slightly above inflation',
              'Well above inflation',
            ],
          },
        },
        {
          title: 'Lowest grades',
          description: 'A floor, or a fixed sum that lifts lower pay by more than the percentage.',
          scale: {
            name: 'Extra for the lowest grades',
            points: [
              'Same percentage for all',
              'One-off sum',
              'Minimum amount',
              'Fixed sum for all',
              'Regrading of the lowest',
            ],
          },
        },
        {
          title: 'Protection against inflation',
          description: 'What happens if prices rise faster than was assumed.',
          scale: {
            name: 'Strength of protection',
            points: [
              'None',
              'Talks resume on request',
              'Reopener above a threshold',
              'One-off sum above a threshold',
              'Automatic indexation',
            ],
          },
        },
      ],
    },
    {
      title: 'Working time',
      issues: [
        {
          title: 'Weekly hours',
          description: 'Regular hours at full pay, or the choice of time instead of money.',
          scale: {
            name: 'Reduction',
            points: [
              'Longer hours',
              'Unchanged',
              'Choice of days off',
              'One hour less',
              'Two or more hours less',
            ],
          },
        },
        {
          title: 'Shifts and overtime',
          description: 'Notice for rosters, premiums, and who may refuse.',
          scale: {
            name: 'Protection of staff',
            points: [
              'At the employer’s discretion',
              'Short notice, premium',
              'Two weeks’ notice',
              'Four weeks’ notice, higher premium',
              'Voluntary only',
            ],
          },
        },
        {
          title: 'Work from home',
          description: 'Whether it is a right, and what may be required on site.',
          scale: {
            name: 'Entitlement',
            points: [
              'None',
              'By local agreement',
              'One day a week',
              'Two or three days a week',
              'Free choice',
            ],
          },
        },
      ],
    },
    {
      title: 'Security of work',
      issues: [
        {
          title: 'Dismissals',
          description: 'Whether redundancies are ruled out during the term, and for whom.',
          scale: {
            name: 'Protection',
            points: [
              'Statutory only',
              'Longer notice',
              'Severance and retraining first',
              'No dismissals without consent',
              'Ruled out for the term',
            ],
          },
        },
        {
          title: 'Agency and temporary work',
          description: 'Share of such contracts, equal pay, and the way into permanent jobs.',
          scale: {
            name: 'Limits',
            points: [
              'None',
              'Equal pay after a year',
              'Equal pay from the start',
              'Quota and takeover',
              'Permanent contracts only',
            ],
          },
        },
        {
          title: 'Outsourcing and sites',
          description: 'Say of staff before work or sites are moved.',
          scale: {
            name: 'Say of staff',
            points: [
              'Information',
              'Consultation',
              'Alternative plan is examined',
              'Consent for core work',
              'Site guarantee',
            ],
          },
        },
      ],
    },
    {
      title: 'The agreement',
      issues: [
        {
          title: 'Term',
          description: 'For how long the agreement binds.',
          scale: {
            name: 'Length',
            points: ['12 months', '18 months', '24 months', '30 months', '36 months or more'],
          },
        },
        {
          title: 'Industrial peace',
          description: 'What may be called out during the term, and after which steps.',
          scale: {
            name: 'Restraint',
            points: [
              'No obligation',
              'Warning strikes allowed',
              'Conciliation first',
              'Peace on settled subjects',
              'Full peace for the term',
            ],
          },
        },
        {
          title: 'Training and new technology',
          description: 'Time and money for skills when tasks change.',
          scale: {
            name: 'Commitment',
            points: [
              'None',
              'Joint committee',
              'Paid days each year',
              'Fund with budget',
              'Right to retraining before replacement',
            ],
          },
        },
      ],
    },
  ],
}
