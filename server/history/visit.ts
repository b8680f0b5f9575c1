/** What an account has seen of a tracker: a visit lasts while signs of life come, and its end is where the next one begins. */

/** Numbers are those of the journal's entries, times are milliseconds since 1970. */
export interface Visit {
  /** What had been seen when the visit before this one ended, and when that was. */
  readonly baselineSeq: number
  readonly baselineAt: number
  readonly seenSeq: number
  readonly seenAt: number
  /** Everything up to here counts as reviewed. */
  readonly reviewedSeq: number
}

export interface Sign {
  readonly at: number
  /** The newest entry that there is to see. */
  readonly head: number
  /** Whether the tracker was just opened: nobody looked on before. */
  readonly hasArrived: boolean
}

/** Without a sign for so long, a visit is over; another tab meanwhile only goes on with it. */
export const VISIT_PAUSE = 30 * 60_000
/** Without a sign for so long, nobody looked on: signs come every minute. */
export const LONGEST_SILENCE = 3 * 60_000

/** The visit after a sign of life. On the very first one everything there is counts as known. */
export const signed = (visit: Visit | undefined, { at, hasArrived, head }: Sign): Visit => {
  if (!visit)
    return { baselineSeq: head, baselineAt: at, seenSeq: head, seenAt: at, reviewedSeq: head }
  const silence = at - visit.seenAt
  // Who is up to date and looks on stays up to date.
  const looksOn = !hasArrived && silence <= LONGEST_SILENCE && visit.reviewedSeq >= visit.seenSeq
  return {
    ...visit,
    ...(silence > VISIT_PAUSE && { baselineSeq: visit.seenSeq, baselineAt: visit.seenAt }),
    seenSeq: Math.max(visit.seenSeq, head),
    // Clocks step back.
    seenAt: Math.max(visit.seenAt, at),
    reviewedSeq: looksOn ? Math.max(visit.reviewedSeq, head) : visit.reviewedSeq,
  }
}
