/** What the pages around an account and the server have, in the order of their names. Each comes when it is looked at. */
import type { JSX } from 'solid-js'
import { late } from '#client/ui/late.ts'

export interface DeskView {
  /** As in the address. */
  readonly name: string
  readonly label: string
  readonly View: (props: object) => JSX.Element
}

/** Of everybody, about their own account. */
export const ACCOUNT_VIEWS: readonly DeskView[] = [
  {
    name: 'sign-in',
    label: 'Name and sign-in',
    View: late(() => import('#client/account/sign-in-view.tsx')),
  },
  {
    name: 'sessions',
    label: 'Sessions',
    View: late(() => import('#client/account/sessions-view.tsx')),
  },
  { name: 'tokens', label: 'Tokens', View: late(() => import('#client/tokens/tokens-view.tsx')) },
]

/** Of administrators, about the server. */
export const SERVER_VIEWS: readonly DeskView[] = [
  { name: 'people', label: 'People', View: late(() => import('#client/server/people-view.tsx')) },
  {
    name: 'groups',
    label: 'Groups',
    View: late(() => import('#client/server-groups/groups-view.tsx')),
  },
  {
    name: 'settings',
    label: 'Settings',
    View: late(() => import('#client/server/settings-view.tsx')),
  },
  {
    name: 'services',
    label: 'Service accounts',
    View: late(() => import('#client/tokens/services-view.tsx')),
  },
  { name: 'audit', label: 'Audit', View: late(() => import('#client/audit/audit-view.tsx')) },
]
