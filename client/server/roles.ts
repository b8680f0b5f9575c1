/** What the roles on the server mean, in a few words. */
import type { ServerRole } from '#shared/access.ts'

export const SERVER_ROLE_MEANING: Readonly<Record<ServerRole, string>> = {
  administrator: 'looks after people and settings',
  member: 'makes trackers',
  guest: 'works where they are invited',
}
