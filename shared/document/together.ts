/**
 * A tracker's matrix and its compartments as if they were one document, for verbs and views: what is read is found where it
 * is, what is written goes where what it belongs to is. So nothing of a compartment is ever written where others read.
 */
import * as Y from 'yjs'
import { RELATIONS } from '#shared/document/belonging.ts'
import { parseTextName, RECORD_ROOTS, type RecordRoot } from '#shared/document/layout.ts'
import { isId } from '#shared/ids.ts'

/** Of something new, also whom it only names: what is said of a secret is one. */
const NAMED: typeof RELATIONS = [
  ...RELATIONS,
  ['claims', 'sourceId', 'sources'],
  ['claims', 'deniesClaimId', 'claims'],
  ['claimEvents', 'otherClaimId', 'claims'],
  ['claimEvents', 'excerptId', 'excerpts'],
  ['sources', 'viaSourceId', 'sources'],
]
/** What is made in one go with something in a compartment, without naming it, belongs there as well. */
const MADE_ALONG: ReadonlySet<string> = new Set<RecordRoot>(['claims', 'sources'])

const ROOTS: ReadonlySet<string> = new Set(RECORD_ROOTS)

export class Together {
  readonly main: Y.Doc
  /** To be passed to verbs, which know no other document than a Y.Doc. */
  readonly doc: Y.Doc
  readonly #mainOnly: readonly Y.Doc[]
  readonly #others: () => readonly Y.Doc[]
  /** Records that are new in what is being done: where they belong shows at its end. */
  #fresh = new Y.Doc()
  #touched = new Set<Y.Doc>()
  readonly #maps = new Map<string, object>()

  constructor(main: Y.Doc, others: () => readonly Y.Doc[]) {
    this.main = main
    this.#mainOnly = [main]
    this.#others = others
    const share = {
      has: (name: string) => this.#all().some(doc => doc.share.has(name)),
      keys: () =>
        this.#isAlone
          ? main.share.keys()
          : new Set(this.#all().flatMap(doc => [...doc.share.keys()])).values(),
    }
    const face = {
      getMap: (root: string) => this.#map(root),
      getText: (name: string) => this.home(parseTextName(name)?.partyId ?? '').getText(name),
      transact: <T>(run: () => T) => run(),
      share,
    }
    this.doc = face as unknown as Y.Doc
  }

  /** The document that holds a record: the matrix where none of the compartments does. */
  home(id: string): Y.Doc {
    return this.#holder(id) ?? this.main
  }

  /** Does something to all of it, as one transaction in each document. */
  act(verbs: (doc: Y.Doc) => void, origin: unknown): void {
    if (this.#isAlone) {
      this.main.transact(() => verbs(this.main), origin)
      return
    }
    const within = ([doc, ...rest]: readonly Y.Doc[]): void => {
      if (doc) return doc.transact(() => within(rest), origin)
      try {
        verbs(this.doc)
        this.#settle()
      } finally {
        this.#fresh.destroy()
        this.#fresh = new Y.Doc()
        this.#touched = new Set()
      }
    }
    within([this.main, ...this.#others()])
  }

  /** As most trackers are: reading one cell more must cost nothing then. */
  get #isAlone(): boolean {
    return this.#others().length === 0
  }

  #all(): readonly Y.Doc[] {
    return this.#isAlone ? this.#mainOnly : [this.main, ...this.#others(), this.#fresh]
  }

  /** Ids are random: no two records of any kind have one in common. */
  #holder(id: string): Y.Doc | undefined {
    if (!isId(id)) return undefined
    return this.#others().find(doc => RECORD_ROOTS.some(root => doc.getMap(root).has(id)))
  }

  #map(root: string): object {
    const known = this.#maps.get(root)
    if (known) return known
    const holding = (key: string): Y.Map<unknown> | undefined => {
      for (const doc of this.#all()) if (doc.getMap(root).has(key)) return doc.getMap(root)
      return undefined
    }
    const entries = (): IterableIterator<[string, unknown]> =>
      this.#isAlone
        ? this.main.getMap(root).entries()
        : new Map(
            this.#all()
              .toReversed()
              .flatMap(doc => [...doc.getMap(root).entries()]),
          ).entries()
    const map = {
      get: (key: string) => holding(key)?.get(key),
      has: (key: string) => holding(key) !== undefined,
      set: (key: string, value: unknown) => {
        const home = this.#place(root, key)
        if (home !== this.main && home !== this.#fresh) this.#touched.add(home)
        home.getMap(root).set(key, value)
      },
      delete: (key: string) => {
        for (const doc of this.#all()) if (doc.getMap(root).has(key)) doc.getMap(root).delete(key)
      },
      entries,
      keys: () => new Map(entries()).keys(),
      [Symbol.iterator]: entries,
    }
    this.#maps.set(root, map)
    return map
  }

  /** Where a key is to be written. */
  #place(root: string, key: string): Y.Doc {
    if (root === 'cells' || root === 'movements') {
      const [, partyId = '', , claimId = ''] = key.split('/')
      return (
        this.#holder(partyId) ??
        this.#holder(claimId) ??
        (this.#fresh.getMap('claims').has(claimId) ? this.#fresh : this.main)
      )
    }
    return ROOTS.has(root) ? (this.#holder(key) ?? this.#fresh) : this.main
  }

  /** Writes what is new to where it belongs. */
  #settle(): void {
    const homes = new Map<string, Y.Doc>()
    const homeOf = (id: unknown): Y.Doc | undefined =>
      typeof id === 'string' ? (homes.get(id) ?? this.#holder(id)) : undefined
    const fresh = RECORD_ROOTS.flatMap(root =>
      [...this.#fresh.getMap<Y.Map<unknown>>(root)].map(([id, record]) => ({ root, id, record })),
    )
    const [along] = this.#touched.size === 1 ? this.#touched : []
    // A new one may name another new one, which names something in a compartment.
    for (let found = -1; found !== homes.size;) {
      found = homes.size
      for (const { id, record, root } of fresh) {
        if (homes.has(id)) continue
        const home =
          NAMED.filter(([from]) => from === root)
            .map(([, field]) => homeOf(record.get(field)))
            .find(home => home !== undefined) ?? (MADE_ALONG.has(root) ? along : undefined)
        if (home) homes.set(id, home)
      }
    }
    for (const { id, record, root } of fresh)
      (homes.get(id) ?? this.main).getMap(root).set(id, new Y.Map(record.entries()))
    for (const [key, value] of this.#fresh.getMap('cells'))
      this.home(key.split('/')[3] ?? '')
        .getMap('cells')
        .set(key, value)
  }
}
