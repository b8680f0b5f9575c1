/** A matrix of 300 issues by 30 parties, two thirds of its cells filled, with no server behind it. */
import { render } from 'solid-js/web'
import * as Y from 'yjs'
import '#client/ui/base.css'
import { createLocalNegotiation } from '#client/live/local.ts'
import { NegotiationContext } from '#client/live/negotiation.ts'
import { Matrix } from '#client/matrix/matrix.tsx'
import { createPreferences } from '#client/matrix/preferences.ts'
import { createSelection } from '#client/matrix/selection.ts'
import { setCell, setPosition } from '#shared/document/cells.ts'
import { addBasket, addIssue } from '#shared/document/issues.ts'
import { addParty } from '#shared/document/parties.ts'
import { addPoint } from '#shared/document/scales.ts'
import { createTracker } from '#shared/document/tracker.ts'
import { PARTY_ROLES } from '#shared/parties.ts'
import { LEVELS } from '#shared/cells.ts'
import type { BasketId, IssueId, PartyId, PointId, TrackerId } from '#shared/ids.ts'

const [ISSUES, PARTIES, BASKETS, POINTS] = [300, 30, 12, 5]
const WORDS =
  'limits verification sanctions relief phased access notice inspection cap years stockpile guarantee binding humanitarian oil waiver funds release step missile range regional forum exchange mediator venue round'.split(
    ' ',
  )

let seed = 7
const random = (): number => (seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff) / 0x7fffffff
const pick = <T,>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T
const sentence = (many: number): string => Array.from({ length: many }, () => pick(WORDS)).join(' ')

const doc = new Y.Doc()
doc.transact(() => {
  createTracker(doc, 'A large conference')
  for (let p = 0; p < PARTIES; p++)
    addParty(doc, `p${p}` as PartyId, { name: `Party ${p + 1}`, role: pick(PARTY_ROLES) })
  for (let b = 0; b < BASKETS; b++) addBasket(doc, `b${b}` as BasketId, `Basket ${b + 1}`)
  for (let i = 0; i < ISSUES; i++) {
    const id = `i${i}` as IssueId
    const basketId = `b${Math.floor((i * BASKETS) / ISSUES)}` as BasketId
    addIssue(doc, id, { title: sentence(3), basketId })
    for (let k = 0; k < POINTS; k++) addPoint(doc, `${id}k${k}` as PointId, id, sentence(2))
    for (let p = 0; p < PARTIES; p++) {
      if (random() < 0.33) continue
      const partyId = `p${p}` as PartyId
      setPosition(doc, id, partyId, sentence(3 + Math.floor(random() * 22)))
      const stance = `${id}k${Math.floor(random() * POINTS)}` as PointId
      setCell(doc, id, partyId, { stance, confidence: random() < 0.5 ? pick(LEVELS) : null })
    }
  }
})

const negotiation = createLocalNegotiation(doc)
const selection = createSelection()
const preferences = createPreferences('bench' as TrackerId)
const root = document.querySelector('#app')
const before = performance.now()
if (root)
  render(
    () => (
      <NegotiationContext.Provider value={negotiation}>
        <Matrix
          view={negotiation.view}
          selection={selection}
          preferences={preferences}
          label="Matrix"
          panelOpen={false}
          onPanel={() => {}}
          historyOpen={false}
          onHistory={() => {}}
          onPage={() => {}}
        />
      </NegotiationContext.Provider>
    ),
    root,
  )
document.documentElement.dataset['mounted'] = String(Math.round(performance.now() - before))
