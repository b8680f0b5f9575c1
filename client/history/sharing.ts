/** Keeping what is equal: a state that is read again shares with the one before all that did not change. */

/** `next`, with every part that equals the same part of `previous` replaced by that very object. */
export const sharing = <T>(previous: T, next: T): T => {
  if (previous === next) return previous
  if (Array.isArray(previous) && Array.isArray(next)) {
    const items = next.map((item, index) => sharing(previous[index], item))
    const equal =
      items.length === previous.length && items.every((item, index) => item === previous[index])
    return equal ? previous : (items as T)
  }
  if (!isPlain(previous) || !isPlain(next)) return next
  const names = Object.keys(next)
  const shared: Record<string, unknown> = {}
  let equal = names.length === Object.keys(previous).length
  for (const name of names) {
    shared[name] = sharing(previous[name], next[name])
    equal &&= name in previous && shared[name] === previous[name]
  }
  return equal ? previous : (shared as T)
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
