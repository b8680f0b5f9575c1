/** What the pages around an account and the server have, in the order of their names. Each comes when it is looked at. */
import type { JSX } from 'solid-js'

export interface DeskView {
  /** As in the address. */
  readonly name: string
  readonly label: string
  readonly View: () => JSX.Element
}

/** Of everybody, about their own account. */
export const ACCOUNT_VIEWS: readonly DeskView[] = []

/** Of administrators, about the server. */
export const SERVER_VIEWS: readonly DeskView[] = []
