/** The words of its sources' texts on which the demo's claims rest. */
import type { DemoClaimName } from '#server/seeds/demo-claims.ts'
import type { Edit, IdOf } from '#server/seeds/demo-edit.ts'
import { DEMO_TEXTS, type DemoTextName } from '#server/seeds/demo-texts.ts'
import { hashOf } from '#server/texts/text-table.ts'
import { citationRecords } from '#shared/document/claims.ts'
import { excerptRecords, sourceRecords, tensionRecords } from '#shared/document/sources.ts'
import { anchor } from '#shared/evidence/anchor.ts'
import type { CitationId, ClaimId, ExcerptId, SourceId, TensionId } from '#shared/ids.ts'

/** The words of the digest that each claim of the report cites; each stands there once. */
export const REPORT_WORDS = {
  order: 'Iran’s president has reportedly ordered a return to nuclear talks with the United States',
  nuclearOnly:
    'A government source without a name, in three outlets, keeps the talks to the nuclear issue and nothing else',
  orderRepeated: 'None of the three has a source of its own',
  testOfDiplomacy:
    'People familiar with the matter see a decision from the top: whether diplomacy can still stand in for confrontation',
  noStatement: 'No Iranian office has said anything in public, not yet',
  noConcessions: 'To talk again is no concession by itself',
  exploring:
    'It signals that Iran will look for solutions on sanctions relief and on a framework for nuclear compliance',
  pressures: 'Economic strain grows, and so does scrutiny of the nuclear work from abroad',
  hostChosen: 'Turkey has been chosen as host, according to Iranian media',
  mediatorsAgree:
    'Among the mediators a view is emerging: Turkey is the most neutral and the most practical place',
  threeMediators:
    'American media had earlier reported that Turkey, Egypt and Qatar work together on a meeting of senior Iranian officials with Steve Witkoff',
  comingDays: 'The talks are expected there within the coming days',
  withinDays: 'Those who prepare them indicate days rather than weeks',
  ankara:
    'Diplomatic sources claim that both delegations could reach Ankara, as early as this week',
  pending: 'A confirmation by Washington is still pending',
  movingForward: 'An official who is not named says that the process moves forward',
  openToDiplomacy: 'he remains open to a diplomatic solution',
  undecided: 'the president has taken no final decision on military action',
  otherOptions:
    'Options short of force are still weighed, the report suggests, although allies press for more, Israel above all',
  israelConditions:
    'Its officials have reportedly told Washington their conditions and red lines, with stress on strict verification and long-term guarantees. Which is which, the report does not say',
  notAtTable: 'Israel is not at the table',
} as const satisfies Partial<Readonly<Record<DemoClaimName, string>>>

type ReportClaim = keyof typeof REPORT_WORDS

/** Gives a source its text, which lies in the store under this hash. */
export const withText =
  (name: DemoTextName): Edit =>
  (doc, idOf) =>
    sourceRecords.set(doc, idOf<SourceId>('source', name), {
      textHash: hashOf(DEMO_TEXTS[name].text),
    })

/** Takes words out of a source's text. */
export const excerpt =
  (name: DemoTextName, words: string): Edit =>
  (doc, idOf) => {
    const { text } = DEMO_TEXTS[name]
    const start = text.indexOf(words)
    const wordsAt = start < 0 ? undefined : anchor(text, start, start + words.length)
    if (!wordsAt) throw new Error(`These words are not in the text of ${name}: ${words}`)
    excerptRecords.put(doc, excerptId(idOf, words), {
      ...wordsAt,
      sourceId: idOf<SourceId>('source', name),
      textHash: hashOf(text),
    })
  }

const excerptId = (idOf: IdOf, words: string): ExcerptId => idOf<ExcerptId>('excerpt', words)

/** Lets a claim rest on words that were taken out before. */
export const cite =
  (claim: DemoClaimName, words: string): Edit =>
  (doc, idOf) =>
    citationRecords.put(doc, idOf<CitationId>('citation', `${claim}/${words}`), {
      claimId: idOf<ClaimId>('claim', claim),
      excerptId: excerptId(idOf, words),
    })

/** Each claim of the report on its own words there. */
export const citeReport: Edit = (doc, idOf, pen) => {
  for (const [claim, words] of Object.entries(REPORT_WORDS)) {
    excerpt('report', words)(doc, idOf, pen)
    cite(claim as ReportClaim, words)(doc, idOf, pen)
  }
}

/** Two places of the report that do not say the same. */
export const tension =
  (words: string, claim: ReportClaim, note: string): Edit =>
  (doc, idOf, pen) => {
    excerpt('report', words)(doc, idOf, pen)
    tensionRecords.put(doc, idOf<TensionId>('tension', words), {
      excerptId: excerptId(idOf, words),
      otherId: excerptId(idOf, REPORT_WORDS[claim]),
      note,
    })
  }
