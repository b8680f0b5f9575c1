/** What administrators set in the product, as rows of JSON by name. One that is missing or makes no sense has its default. */
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { settings } from '#drizzle/sqlite/schema.ts'
import type { Database } from '#server/store/database.ts'
import { REGISTRATIONS, type Registration } from '#shared/access.ts'

export interface ServerSettings {
  readonly registration: Registration
}

const registration = z.enum(REGISTRATIONS).catch('closed')

export class Settings {
  readonly #db: Database

  constructor(db: Database) {
    this.#db = db
  }

  async read(): Promise<ServerSettings> {
    const [row] = await this.#db.select().from(settings).where(eq(settings.name, 'registration'))
    return { registration: registration.parse(row?.value) }
  }

  async setRegistration(value: Registration): Promise<void> {
    await this.#db
      .insert(settings)
      .values({ name: 'registration', value })
      .onConflictDoUpdate({ target: settings.name, set: { value } })
  }
}
