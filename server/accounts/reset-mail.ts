/** "Forgotten the password?": a link by mail, for whoever has an account under the address. */
import { and, eq, isNull } from 'drizzle-orm'
import { account as credentials, user } from '#drizzle/sqlite/schema.ts'
import { Attempts, type Limit } from '#server/accounts/attempts.ts'
import type { Mail } from '#server/accounts/mail.ts'
import type { ResetLinks } from '#server/accounts/reset-links.ts'
import type { AuditLog } from '#server/audit/audit-log.ts'
import type { Database } from '#server/store/database.ts'
import type { AccountId } from '#shared/ids.ts'

export interface ResetMailDeps {
  readonly db: Database
  readonly mail: Mail
  readonly resetLinks: ResetLinks
  readonly auditLog: AuditLog
  readonly now: () => number
  /** Where people reach Parley; never what a request says of it. */
  readonly publicUrl: string
  readonly report: (error: unknown) => void
}

const HOUR = 60 * 60_000
/** Letters to one account; more would be a way to fill somebody's letter box. */
const LETTERS: Limit = { most: 3, withinMs: HOUR }

export class ResetMail {
  readonly #deps: ResetMailDeps
  readonly #sent: Attempts

  constructor(deps: ResetMailDeps) {
    this.#deps = deps
    this.#sent = new Attempts(deps.now)
  }

  /** Returns at once, whoever this is: neither the answer nor its time tells whether there is an account. */
  ask(email: string, from: string): void {
    setImmediate(() => void this.#send(email.toLowerCase(), from).catch(this.#deps.report))
  }

  async #send(email: string, from: string): Promise<void> {
    const { auditLog, db, mail, publicUrl, resetLinks } = this.#deps
    if (this.#sent.waitFor(email, LETTERS) > 0) return
    this.#sent.begin(email, LETTERS)
    const [found] = await db
      .select({ id: user.id, name: user.name })
      .from(user)
      .where(and(eq(user.email, email), eq(user.kind, 'person'), isNull(user.closedAt)))
    if (!found || !(await this.#mayHavePassword(found.id))) {
      this.#sent.takeBack(email)
      return
    }
    const { token } = await resetLinks.create(found.id as AccountId, null)
    await mail.send({
      to: email,
      subject: 'Set a new password for Parley',
      text: letter(found.name, `${publicUrl}/reset/${token}`),
    })
    const detail = `${email}, by mail`
    await auditLog.add({ what: 'reset link issued', by: null, from, subject: found.id, detail })
  }

  /** Who signs in at the organisation alone gets no second way in by mail. */
  async #mayHavePassword(id: string): Promise<boolean> {
    const ways = await this.#deps.db
      .select({ way: credentials.providerId })
      .from(credentials)
      .where(eq(credentials.userId, id))
    return ways.length === 0 || ways.some(({ way }) => way === 'credential')
  }
}

const letter = (name: string, link: string): string =>
  [
    `Hello ${name},`,
    'somebody, most likely you, asked to set a new password for your account on Parley. This link does it, once, within an hour:',
    link,
    'If it was not you, do nothing: your password stays as it is.',
  ].join('\n\n')
