/** Which of two orders' common members kept their order, so that a move is told from its neighbours' shift. */

/** The members of a longest subsequence that is common to both orders; the others were moved, added or removed. */
export const keptInOrder = (
  then: readonly string[],
  now: readonly string[],
): ReadonlySet<string> => {
  const placeThen = new Map(then.map((id, index) => [id, index]))
  const common = now.filter(id => placeThen.has(id))
  // Patience sorting: `ends[length]` is the member with which a rising run of that length ends lowest.
  const ends: string[] = []
  const before = new Map<string, string | undefined>()
  const place = (id: string): number => placeThen.get(id) ?? -1
  for (const id of common) {
    let low = 0
    let high = ends.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (place(ends[middle] as string) < place(id)) low = middle + 1
      else high = middle
    }
    before.set(id, ends[low - 1])
    ends[low] = id
  }
  const kept = new Set<string>()
  for (let id = ends.at(-1); id !== undefined; id = before.get(id)) kept.add(id)
  return kept
}
