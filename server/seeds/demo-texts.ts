/** The texts of the demo's sources. Their sentences are ours: none is the report's, nor anybody's in it. */
import type { DemoAuthor } from '#server/seeds/demo-edit.ts'
import type { DemoSourceName } from '#server/seeds/demo-sources.ts'

interface DemoText {
  readonly text: string
  /** Who pasted it, and when. */
  readonly by: DemoAuthor
  readonly at: string
}

const DIGEST = `Digest of one press report, written for this demonstration. Every sentence is ours, none is the report’s. Its outlet, its author and its date are not known.

HEADLINE, IN SHORT
Tehran orders a return to nuclear talks; they are held in Turkey.

ON THE ORDER
Iran’s president has reportedly ordered a return to nuclear talks with the United States, according to Iranian media. A government source without a name, in three outlets, keeps the talks to the nuclear issue and nothing else. None of the three has a source of its own. No Iranian office has said anything in public, not yet. People familiar with the matter see a decision from the top: whether diplomacy can still stand in for confrontation.
To talk again is no concession by itself, the report adds. It signals that Iran will look for solutions on sanctions relief and on a framework for nuclear compliance. Economic strain grows, and so does scrutiny of the nuclear work from abroad.

ON THE PLACE
Turkey has been chosen as host, according to Iranian media. The talks are expected there within the coming days. Those who prepare them indicate days rather than weeks. Diplomatic sources claim that both delegations could reach Ankara, as early as this week. Among the mediators a view is emerging: Turkey is the most neutral and the most practical place. The picture shows Erdoğan; his office is not given.

SUBHEADING, IN SHORT
American media confirm the mediation.
American media had earlier reported that Turkey, Egypt and Qatar work together on a meeting of senior Iranian officials with Steve Witkoff. A confirmation by Washington is still pending. An official who is not named says that the process moves forward. The same source stresses that the president has taken no final decision on military action, and that he remains open to a diplomatic solution. Options short of force are still weighed, the report suggests, although allies press for more, Israel above all.

ON ISRAEL
Israel is not at the table. Its officials have reportedly told Washington their conditions and red lines, with stress on strict verification and long-term guarantees. Which is which, the report does not say.
`

const NOTE = 'Note of the desk, in our own words; the statement itself is not kept here.\n\n'

const night = { by: 'sources', at: '2026-02-04T21:50:00Z' } as const

export const DEMO_TEXTS = {
  report: { text: DIGEST, by: 'sources', at: '2026-02-02T07:00:00Z' },
  whiteHouse: {
    ...night,
    text: `${NOTE}A White House official, not named: the talks are on again, in Muscat.\n`,
  },
  foreignMinister: {
    ...night,
    text: `${NOTE}Iran’s foreign minister, by name: the talks take place in Muscat.\n`,
  },
} as const satisfies Partial<Readonly<Record<DemoSourceName, DemoText>>>
export type DemoTextName = keyof typeof DEMO_TEXTS
