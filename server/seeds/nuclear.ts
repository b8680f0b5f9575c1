/** Talks on a nuclear programme: limits against relief, with the checks and assurances between them. */
import type { TemplateOutline } from '#server/seeds/template.ts'

export const NUCLEAR: TemplateOutline = {
  parties: [
    { name: 'Party A (programme state)', role: 'negotiating_party' },
    { name: 'Party B (sanctioning state)', role: 'negotiating_party' },
    { name: 'Party C (co-sponsor)', role: 'negotiating_party' },
    { name: 'Mediator', role: 'mediator' },
    { name: 'Inspectorate', role: 'guarantor' },
    { name: 'Neighbouring state', role: 'stakeholder' },
  ],
  baskets: [
    {
      title: 'Nuclear activities',
      issues: [
        {
          title: 'Enrichment level',
          description: 'The highest level to which uranium may be enriched.',
          scale: {
            name: 'Strictness of the ceiling',
            points: [
              'No ceiling',
              'Below weapons grade',
              'Research-reactor fuel',
              'Power-reactor fuel',
              'No enrichment',
            ],
          },
        },
        {
          title: 'Stockpile of enriched material',
          description: 'How much may be held, in which form, and what happens to the excess.',
          scale: {
            name: 'Depth of reduction',
            points: [
              'Kept as it is',
              'Frozen',
              'Blended down at home',
              'Largely shipped out',
              'All shipped out',
            ],
          },
        },
        {
          title: 'Centrifuges and research',
          description: 'Numbers and models in use, and what may be developed and tested.',
          scale: {
            name: 'Depth of limits',
            points: [
              'No limits',
              'Reported only',
              'Numbers capped',
              'Older models only, research limited',
              'Dismantled',
            ],
          },
        },
        {
          title: 'Sensitive sites',
          description: 'The future of deeply buried, military or reprocessing-related sites.',
          scale: {
            name: 'Change of use',
            points: ['Unchanged', 'Monitored', 'Idle', 'Converted', 'Closed'],
          },
        },
      ],
    },
    {
      title: 'Verification',
      issues: [
        {
          title: 'Access of inspectors',
          description: 'Which places inspectors may enter, and how soon after asking.',
          scale: {
            name: 'Reach of inspections',
            points: [
              'Safeguards of today',
              'Declared sites, more often',
              'Additional protocol',
              'Managed access anywhere',
              'Anywhere, at short notice',
            ],
          },
        },
        {
          title: 'Past activities',
          description: 'What must be explained about earlier work, and before which step.',
          scale: {
            name: 'Extent of disclosure',
            points: [
              'Closed',
              'Questions answered in writing',
              'Documents shown',
              'Sites and people made available',
              'Full account before relief',
            ],
          },
        },
      ],
    },
    {
      title: 'Sanctions and the economy',
      issues: [
        {
          title: 'Extent of sanctions relief',
          description: 'Which measures are lifted: sectors, banks, listings.',
          scale: {
            name: 'Extent of relief',
            points: [
              'None',
              'Humanitarian channels',
              'Waivers for some sectors',
              'All nuclear-related measures',
              'All measures',
            ],
          },
        },
        {
          title: 'Sequence of steps',
          description: 'Who moves first, and what each step waits for.',
          scale: {
            name: 'How early relief comes',
            points: [
              'After full compliance',
              'After verified first steps',
              'Step for step',
              'First steps at the same time',
              'Before any limit',
            ],
          },
        },
        {
          title: 'Frozen assets',
          description: 'Access to funds held abroad, and control over their use.',
          scale: {
            name: 'Freedom of use',
            points: [
              'Stay frozen',
              'Humanitarian purchases only',
              'In tranches, supervised',
              'In tranches, free',
              'Released at once',
            ],
          },
        },
      ],
    },
    {
      title: 'Assurances',
      issues: [
        {
          title: 'Duration of limits',
          description: 'How long limits last, and whether they end by date or by condition.',
          scale: {
            name: 'Length',
            points: [
              'Under 5 years',
              '5 to 10 years',
              '10 to 15 years',
              '15 to 25 years',
              'Permanent',
            ],
          },
        },
        {
          title: 'Return of sanctions',
          description: 'What happens on a breach: who decides, and how fast measures return.',
          scale: {
            name: 'Ease of return',
            points: [
              'Not foreseen',
              'By new consensus',
              'After dispute settlement',
              'By a majority',
              'By any one party',
            ],
          },
        },
        {
          title: 'Guarantee against withdrawal',
          description: 'What binds a later government of a party to the deal.',
          scale: {
            name: 'Bindingness',
            points: [
              'Political word',
              'Published commitments',
              'Endorsed by the Security Council',
              'Approved by parliament',
              'Ratified treaty',
            ],
          },
        },
      ],
    },
    {
      title: 'Process',
      issues: [
        {
          title: 'Format of the talks',
          description: 'Whether the sides sit together, and with whom in the room.',
          scale: {
            name: 'Directness',
            points: [
              'Written messages',
              'Through a mediator',
              'Proximity, same building',
              'Direct with mediator present',
              'Direct and alone',
            ],
          },
        },
      ],
    },
  ],
}
