/** Sources as a tree: beneath each one those that were seen through it. */
import type { SourceId } from '#shared/ids.ts'
import type { Source } from '#shared/sources.ts'

export interface Branch {
  readonly id: SourceId
  readonly source: Source
  /** 0 for what was seen directly. */
  readonly depth: number
}

const byTitle = (a: Source, b: Source): number =>
  a.title.localeCompare(b.title) || (a.id < b.id ? -1 : 1)

/** Each source once, beneath the one it was seen through; a chain that turns back on itself begins somewhere. */
export const sourceTree = (sources: readonly Source[]): readonly Branch[] => {
  const sorted = sources.toSorted(byTitle)
  const known = new Set(sources.map(({ id }) => id))
  const children = Map.groupBy(sorted, ({ viaSourceId }) => viaSourceId)
  const branches: Branch[] = []
  const done = new Set<SourceId>()
  const grow = (root: Source): void => {
    const waiting: Branch[] = [{ id: root.id, source: root, depth: 0 }]
    for (let branch = waiting.pop(); branch; branch = waiting.pop()) {
      const { depth, source } = branch
      if (done.has(source.id)) continue
      done.add(source.id)
      branches.push(branch)
      for (const child of (children.get(source.id) ?? []).toReversed())
        waiting.push({ id: child.id, source: child, depth: depth + 1 })
    }
  }
  for (const source of sorted)
    if (source.viaSourceId === null || !known.has(source.viaSourceId)) grow(source)
  for (const source of sorted) if (!done.has(source.id)) grow(source)
  return branches
}
