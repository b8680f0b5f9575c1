/** Who is signed in in this browser. */
import { createResource, createRoot } from 'solid-js'
import { api } from '#client/api.ts'
import { valueOf } from '#client/value-of.ts'
import { mayOnServer, type ServerAction } from '#shared/access.ts'
import type { ApiSession } from '#shared/api.ts'
import type { AccountId } from '#shared/ids.ts'
import type { PresentAccount } from '#shared/presence.ts'

/** One for the page: every part asks for the same cookie. */
export const [session, { refetch: refetchSession }] = createRoot(() =>
  createResource(() => api.get<ApiSession>('/api/session')),
)

export const presentAccount = ({ account }: ApiSession): PresentAccount | undefined =>
  account ? { id: account.id as AccountId, name: account.name, colour: account.colour } : undefined

/** What the one who is signed in may do on the server. */
export const mayHere = (action: ServerAction): boolean => {
  const role = valueOf(session)?.account?.serverRole
  return role !== undefined && mayOnServer(role, action)
}
