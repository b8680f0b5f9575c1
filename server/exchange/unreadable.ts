/** A file that is not what it says, in words that say what to do. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable'
}
