/** The authors of the demo: rows alone, whom nobody signs in as, administrates or names an owner. */
import { sql, type SQLWrapper } from 'drizzle-orm'

/** Under it nobody else has an account: `.invalid` is refused everywhere. */
export const DEMO_DOMAIN = 'demo.invalid'

/** A condition on the address of an account. */
export const isNotOfDemo = (email: SQLWrapper) => sql`${email} not like ${`%@${DEMO_DOMAIN}`}`
