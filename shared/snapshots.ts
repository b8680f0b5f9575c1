/** Snapshots of a tracker: how long the words about them may be, and how long automatic ones stay. */

export const MAX_LABEL_LENGTH = 120
export const MAX_NOTE_LENGTH = 4_000
/** Of what somebody adds to a sign-off. */
export const MAX_REMARK_LENGTH = 500

/** For how long automatic snapshots stay as they were taken, and how far apart they may then be, by their age. */
export interface Retention {
  /** Every one stays for so many hours. */
  readonly allHours: number
  /** Then the newest of each hour, up to so many days. */
  readonly hourlyDays: number
  /** Then the newest of each day, up to so many days; after that the newest of each week. */
  readonly dailyDays: number
}
