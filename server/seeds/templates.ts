/** The templates that a new tracker can start from, by name. */
import type * as Y from 'yjs'
import { LABOUR } from '#server/seeds/labour.ts'
import { NUCLEAR } from '#server/seeds/nuclear.ts'
import { PEACE } from '#server/seeds/peace.ts'
import { fill } from '#server/seeds/template.ts'
import { TRADE } from '#server/seeds/trade.ts'
import type { TemplateName } from '#shared/api.ts'

/** Each fills a document that has its title already; all ids are fresh. */
export const templates: Readonly<Record<TemplateName, (doc: Y.Doc) => void>> = {
  empty: () => undefined,
  nuclear: doc => fill(doc, NUCLEAR),
  trade: doc => fill(doc, TRADE),
  labour: doc => fill(doc, LABOUR),
  peace: doc => fill(doc, PEACE),
}
