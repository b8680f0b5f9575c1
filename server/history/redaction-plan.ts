/** Looks through everything of a tracker for a text, and lays down what has to go. */
import type { Archive } from '#server/history/archive.ts'
import type { Redacting } from '#server/history/redact.ts'
import type { Plan, RedactionTable } from '#server/history/redaction-table.ts'
import type { Store } from '#server/store/store.ts'
import { parseDocumentName, type DocumentRef } from '#shared/access.ts'
import { blanksFor } from '#shared/history/redact/blanks.ts'
import type { CutText } from '#shared/history/redact/excerpts.ts'
import { whereAll, whereStands, whereText } from '#shared/history/redact/where.ts'
import type { TextHash, TrackerId } from '#shared/ids.ts'
import type { Tracker } from '#shared/tracker.ts'

export interface PlanDeps {
  readonly archive: Pick<Archive, 'packed'>
  readonly redacting: Pick<Redacting, 'find' | 'snapshot'>
  readonly store: Pick<Store, 'readSince'>
  readonly table: Pick<RedactionTable, 'find' | 'snapshots' | 'text'>
}

/** Where a text stands or stood. */
export interface Found {
  readonly places: readonly {
    readonly where: string
    readonly times: number
    readonly isThere: boolean
  }[]
  /** Snapshots that hold it. */
  readonly snapshots: number
  /** Labels, notes and the like that hold it. */
  readonly words: number
}

export const planRedaction = async (
  { archive, redacting, store, table }: PlanDeps,
  trackerId: TrackerId,
  text: string,
  tracker: Tracker,
): Promise<{ readonly found: Found; readonly plan: Plan }> => {
  const without = (words: string): string => words.replaceAll(text, blanksFor(text))
  const documents = []
  const places = []
  const beside = await table.find(trackerId, text)
  const texts: CutText[] = []
  for (const { cuts, id, in: column } of beside) {
    const row = column === 'text' && (await table.text(trackerId, id as TextHash))
    if (row) texts.push({ hash: row.hash, text: row.text, cuts })
  }
  for (const { name } of documentsOf(trackerId)) {
    const updates = (await store.readSince(name, 0)).map(({ update }) => update)
    const { blanks, holders } = await redacting.find({ updates, text, texts })
    documents.push({ name, blanks })
    for (const holder of holders) {
      const { isThere, times } = holder
      places.push({ where: without(whereStands(holder, tracker)), times, isThere })
    }
  }
  const blanks = documents[0]?.blanks ?? []
  const holding = new Set<string>()
  const snapshots = []
  for (const id of await table.snapshots(trackerId)) {
    const state = await archive.packed(trackerId, id)
    const shot = state && (await redacting.snapshot({ state, blanks: [blanks], text, texts }))
    if (shot?.state) holding.add(id)
    if (shot && shot.blanks.length > 0) snapshots.push({ id, blanks: shot.blanks })
  }
  for (const { cuts, hash } of texts)
    places.push({
      where: without(whereText(hash, tracker)),
      times: cuts.length,
      isThere: true,
    })
  const words = beside.filter(it => it.in !== 'text')
  const named = [
    ...places.map(({ where }) => where),
    ...(snapshots.length > 0 ? ['imported snapshots'] : []),
    ...(words.length > 0 ? ['what is said of snapshots'] : []),
  ]
  return {
    found: { places, snapshots: holding.size, words: words.length },
    plan: { where: whereAll(named), documents, snapshots, beside },
  }
}

export const documentsOf = (trackerId: TrackerId): readonly DocumentRef[] =>
  [trackerId, `${trackerId}.discussion`].flatMap(name => parseDocumentName(name) ?? [])
