/** Who may come in through a socket: a person with a session, or a program with a token, and as what. */
import type { Accounts } from '#server/accounts/accounts.ts'
import type { CompartmentDoor } from '#server/accounts/compartment-door.ts'
import type { Members } from '#server/accounts/members.ts'
import { isFor, sessionOfToken, tokenIn, type Tokens } from '#server/accounts/tokens.ts'
import type { Entered } from '#server/live/connection.ts'
import { CLOSES, lowerRole, writeAction, type Close, type DocumentRef } from '#shared/access.ts'

export interface EntranceDeps {
  readonly accounts: Pick<Accounts, 'session'>
  readonly members: Pick<Members, 'roleOf'>
  readonly tokens: Pick<Tokens, 'present'>
  readonly compartmentDoor: Pick<CompartmentDoor, 'opens' | 'noteReading'>
}

type Visitor = Pick<Entered, 'account' | 'session' | 'ceiling' | 'ends'>

export const entrance = (deps: EntranceDeps) => {
  const { compartmentDoor, members } = deps
  return async (headers: Headers, ref: DocumentRef, address: string): Promise<Entered | Close> => {
    const visitor = await visitorOf(deps, headers, ref, address)
    if ('code' in visitor) return visitor
    const { account, ceiling } = visitor
    const [role, isOpen] = await Promise.all([
      members.roleOf(ref.trackerId, account.id),
      ref.kind !== 'compartment' || compartmentDoor.opens(ref, account.id),
    ])
    if (!role || !isOpen) return CLOSES.notFound
    if (ref.kind === 'compartment') await compartmentDoor.noteReading(ref, account, address)
    return { ...visitor, role: lowerRole(role, ceiling) }
  }
}

const visitorOf = async (
  { accounts, tokens }: EntranceDeps,
  headers: Headers,
  ref: DocumentRef,
  address: string,
): Promise<Visitor | Close> => {
  const token = tokenIn(headers)
  if (token === undefined) {
    const session = await accounts.session(headers)
    if (!session) return CLOSES.signedOut
    const { colour, id, name } = session.account
    // Used elsewhere meanwhile, it goes on: whoever holds it comes again, and is told.
    const ends = { at: session.until, why: CLOSES.outOfStep }
    return { account: { colour, id, name }, session: session.id, ends }
  }
  const bearer = await tokens.present(token, address)
  if (typeof bearer === 'number') return CLOSES.tooFast
  if (bearer === 'wrong') return CLOSES.signedOut
  if (!isFor(bearer, ref.trackerId)) return CLOSES.notFound
  const { colour, id, name } = bearer.account
  return {
    account: { colour, id, name },
    session: sessionOfToken(bearer.id),
    ends: { at: bearer.expiresAt, why: CLOSES.signedOut },
    ...(!bearer.actions.includes(writeAction(ref.kind)) && { ceiling: 'viewer' }),
  }
}
