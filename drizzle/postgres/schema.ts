/**
 * Every table on PostgreSQL: the same names, row types, keys and indexes as in drizzle/sqlite/schema.ts, which says
 * what the columns mean and which the queries are written with. A test holds the two together.
 */
import { bigint, boolean, customType, index, json, pgTable, primaryKey } from 'drizzle-orm/pg-core'

/** By bytes, as SQLite sorts; an index in a language's order is damaged by an upgrade of the system's library. */
const text = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' })

const integer = (name: string) => bigint(name, { mode: 'number' })

const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' })

/** Milliseconds since 1970. */
const moment = customType<{ data: Date; driverData: number }>({
  dataType: () => 'bigint',
  toDriver: value => value.getTime(),
  fromDriver: value => new Date(Number(value)),
})

// The journal.

export const documents = pgTable('documents', {
  name: text('name').primaryKey(),
  head: integer('head').notNull(),
})

export const checkpoints = pgTable('checkpoints', {
  document: text('document')
    .primaryKey()
    .references(() => documents.name),
  seq: integer('seq').notNull(),
  checksum: integer('checksum').notNull(),
  state: bytes('state').notNull(),
})

export const journal = pgTable(
  'journal',
  {
    document: text('document')
      .notNull()
      .references(() => documents.name),
    lastSeq: integer('last_seq').notNull(),
    firstSeq: integer('first_seq').notNull(),
    packed: bytes('packed').notNull(),
  },
  table => [primaryKey({ columns: [table.document, table.lastSeq] })],
)

export const clients = pgTable(
  'clients',
  {
    document: text('document').notNull(),
    client: integer('client').notNull(),
    account: text('account').notNull(),
  },
  table => [primaryKey({ columns: [table.document, table.client] })],
)

// Accounts.

export const user = pgTable('user', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  email: text('email').notNull().unique(),
  emailVerified: boolean('email_verified').notNull().default(false),
  image: text('image'),
  createdAt: moment('created_at').notNull(),
  updatedAt: moment('updated_at').notNull(),
  twoFactorEnabled: boolean('two_factor_enabled').notNull().default(false),
  kind: text('kind').$type<'person' | 'service'>().notNull().default('person'),
  serverRole: text('server_role')
    .$type<'administrator' | 'member' | 'guest'>()
    .notNull()
    .default('member'),
  closedAt: integer('closed_at'),
})

export const session = pgTable(
  'session',
  {
    id: text('id').primaryKey(),
    expiresAt: moment('expires_at').notNull(),
    token: text('token').notNull().unique(),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    userId: text('user_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
  },
  table => [index('session_user').on(table.userId)],
)

export const account = pgTable(
  'account',
  {
    id: text('id').primaryKey(),
    accountId: text('account_id').notNull(),
    providerId: text('provider_id').notNull(),
    userId: text('user_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: moment('access_token_expires_at'),
    refreshTokenExpiresAt: moment('refresh_token_expires_at'),
    scope: text('scope'),
    password: text('password'),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  table => [index('account_user').on(table.userId)],
)

export const verification = pgTable(
  'verification',
  {
    id: text('id').primaryKey(),
    identifier: text('identifier').notNull(),
    value: text('value').notNull(),
    expiresAt: moment('expires_at').notNull(),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  table => [index('verification_identifier').on(table.identifier)],
)

export const twoFactor = pgTable(
  'two_factor',
  {
    id: text('id').primaryKey(),
    secret: text('secret').notNull(),
    backupCodes: text('backup_codes').notNull(),
    userId: text('user_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    verified: boolean('verified').default(true),
    failedVerificationCount: integer('failed_verification_count').default(0),
    lockedUntil: moment('locked_until'),
  },
  table => [index('two_factor_user').on(table.userId)],
)

export const passkey = pgTable(
  'passkey',
  {
    id: text('id').primaryKey(),
    name: text('name'),
    publicKey: text('public_key').notNull(),
    userId: text('user_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    credentialID: text('credential_id').notNull().unique(),
    counter: integer('counter').notNull(),
    deviceType: text('device_type').notNull(),
    backedUp: boolean('backed_up').notNull(),
    transports: text('transports'),
    createdAt: moment('created_at'),
    aaguid: text('aaguid'),
  },
  table => [index('passkey_user').on(table.userId)],
)

// Accounts: ours.

export const resetLinks = pgTable('reset_links', {
  id: text('id').primaryKey(),
  tokenHash: text('token_hash').notNull().unique(),
  accountId: text('account_id')
    .notNull()
    .references(() => user.id),
  issuedBy: text('issued_by'),
  createdAt: integer('created_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
  usedAt: integer('used_at'),
})

export const settings = pgTable('settings', {
  name: text('name').primaryKey(),
  value: json('value').notNull(),
})

export const groups = pgTable('groups', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  createdBy: text('created_by').notNull(),
  createdAt: integer('created_at').notNull(),
})

export const groupMembers = pgTable(
  'group_members',
  {
    groupId: text('group_id')
      .notNull()
      .references(() => groups.id, { onDelete: 'cascade' }),
    accountId: text('account_id')
      .notNull()
      .references(() => user.id),
    joinedAt: integer('joined_at').notNull(),
  },
  table => [
    primaryKey({ columns: [table.groupId, table.accountId] }),
    index('group_members_account').on(table.accountId),
  ],
)

export const apiTokens = pgTable(
  'api_tokens',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    tokenHash: text('token_hash').notNull().unique(),
    accountId: text('account_id')
      .notNull()
      .references(() => user.id),
    createdBy: text('created_by').notNull(),
    createdAt: integer('created_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
    actions: json('actions').$type<readonly string[]>().notNull(),
    trackerIds: json('tracker_ids').$type<readonly string[]>(),
    lastUsedAt: integer('last_used_at'),
    lastUsedFrom: text('last_used_from'),
    revokedAt: integer('revoked_at'),
  },
  table => [index('api_tokens_account').on(table.accountId)],
)

export const audit = pgTable(
  'audit',
  {
    seq: integer('seq').notNull(),
    at: integer('at').notNull(),
    what: text('what').notNull(),
    by: text('by'),
    byName: text('by_name').notNull(),
    from: text('from').notNull(),
    trackerId: text('tracker_id'),
    subject: text('subject').notNull(),
    detail: text('detail').notNull(),
    previous: text('previous').notNull(),
    hash: text('hash').notNull(),
  },
  table => [
    primaryKey({ columns: [table.seq] }),
    index('audit_tracker').on(table.trackerId, table.seq),
  ],
)

// Trackers and who may do what in them.

export const trackers = pgTable('trackers', {
  id: text('id').primaryKey(),
  title: text('title').notNull(),
  createdAt: integer('created_at').notNull(),
  editedAt: integer('edited_at').notNull(),
  archivedAt: integer('archived_at'),
  classification: text('classification').notNull().default(''),
})

export const members = pgTable(
  'members',
  {
    trackerId: text('tracker_id')
      .notNull()
      .references(() => trackers.id),
    accountId: text('account_id')
      .notNull()
      .references(() => user.id),
    role: text('role').$type<'owner' | 'editor' | 'commenter' | 'viewer'>().notNull(),
    joinedAt: integer('joined_at').notNull(),
  },
  table => [
    primaryKey({ columns: [table.trackerId, table.accountId] }),
    index('members_account').on(table.accountId),
  ],
)

export const groupRoles = pgTable(
  'group_roles',
  {
    trackerId: text('tracker_id')
      .notNull()
      .references(() => trackers.id),
    groupId: text('group_id')
      .notNull()
      .references(() => groups.id, { onDelete: 'cascade' }),
    role: text('role').$type<'owner' | 'editor' | 'commenter' | 'viewer'>().notNull(),
    grantedAt: integer('granted_at').notNull(),
  },
  table => [
    primaryKey({ columns: [table.trackerId, table.groupId] }),
    index('group_roles_group').on(table.groupId),
  ],
)

export const invitations = pgTable('invitations', {
  id: text('id').primaryKey(),
  tokenHash: text('token_hash').notNull().unique(),
  trackerId: text('tracker_id')
    .notNull()
    .references(() => trackers.id),
  role: text('role').$type<'editor' | 'commenter' | 'viewer'>().notNull(),
  invitedBy: text('invited_by')
    .notNull()
    .references(() => user.id),
  createdAt: integer('created_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
  usedBy: text('used_by'),
  usedAt: integer('used_at'),
  revokedAt: integer('revoked_at'),
  mostUses: integer('most_uses').notNull().default(1),
  uses: integer('uses').notNull().default(0),
  serverRole: text('server_role').$type<'member' | 'guest'>().notNull().default('member'),
})

export const shareLinks = pgTable(
  'share_links',
  {
    id: text('id').primaryKey(),
    tokenHash: text('token_hash').notNull().unique(),
    trackerId: text('tracker_id')
      .notNull()
      .references(() => trackers.id),
    snapshotId: text('snapshot_id'),
    name: text('name').notNull(),
    password: text('password'),
    createdBy: text('created_by').notNull(),
    createdAt: integer('created_at').notNull(),
    expiresAt: integer('expires_at'),
    mostViews: integer('most_views'),
    views: integer('views').notNull().default(0),
    lastViewedAt: integer('last_viewed_at'),
    revokedAt: integer('revoked_at'),
  },
  table => [index('share_links_tracker').on(table.trackerId)],
)

export const compartments = pgTable(
  'compartments',
  {
    id: text('id').primaryKey(),
    trackerId: text('tracker_id')
      .notNull()
      .references(() => trackers.id),
    name: text('name').notNull(),
    outsidersSee: text('outsiders_see').$type<'nothing' | 'withheld'>().notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  table => [index('compartments_tracker').on(table.trackerId)],
)

export const compartmentMembers = pgTable(
  'compartment_members',
  {
    compartmentId: text('compartment_id')
      .notNull()
      .references(() => compartments.id),
    accountId: text('account_id')
      .notNull()
      .references(() => user.id),
    addedBy: text('added_by').notNull(),
    addedAt: integer('added_at').notNull(),
  },
  table => [primaryKey({ columns: [table.compartmentId, table.accountId] })],
)

// Snapshots.

export const snapshots = pgTable(
  'snapshots',
  {
    id: text('id').primaryKey(),
    trackerId: text('tracker_id')
      .notNull()
      .references(() => trackers.id),
    seq: integer('seq').notNull(),
    at: integer('at').notNull(),
    kind: text('kind')
      .$type<'manual' | 'automatic' | 'before_restore' | 'before_import' | 'meeting'>()
      .notNull(),
    label: text('label').notNull(),
    note: text('note').notNull(),
    by: text('by'),
    authors: json('authors').$type<readonly string[]>().notNull(),
    summary: json('summary').notNull(),
    state: bytes('state').notNull(),
    pinned: boolean('pinned').notNull().default(false),
    standsFor: integer('stands_for').notNull().default(0),
  },
  table => [index('snapshots_tracker').on(table.trackerId, table.seq)],
)

export const signOffs = pgTable(
  'sign_offs',
  {
    snapshotId: text('snapshot_id')
      .notNull()
      .references(() => snapshots.id),
    accountId: text('account_id').notNull(),
    at: integer('at').notNull(),
    note: text('note').notNull(),
  },
  table => [primaryKey({ columns: [table.snapshotId, table.accountId] })],
)

export const redactions = pgTable(
  'redactions',
  {
    id: text('id').primaryKey(),
    trackerId: text('tracker_id')
      .notNull()
      .references(() => trackers.id),
    by: text('by').notNull(),
    at: integer('at').notNull(),
    reason: text('reason').notNull(),
    places: json('places').notNull(),
    doneAt: integer('done_at'),
  },
  table => [index('redactions_tracker').on(table.trackerId, table.at)],
)

// What sources say.

export const sourceTexts = pgTable(
  'source_texts',
  {
    trackerId: text('tracker_id')
      .notNull()
      .references(() => trackers.id),
    hash: text('hash').notNull(),
    kind: text('kind').$type<'pasted' | 'txt' | 'md' | 'html' | 'pdf' | 'docx' | 'eml'>().notNull(),
    name: text('name').notNull(),
    bytes: integer('bytes').notNull(),
    by: text('by').notNull(),
    at: integer('at').notNull(),
    packed: bytes('packed').notNull(),
    sum: text('sum').notNull(),
    redactedAt: integer('redacted_at'),
  },
  table => [primaryKey({ columns: [table.trackerId, table.hash] })],
)

// What each member has seen.

export const visits = pgTable(
  'visits',
  {
    trackerId: text('tracker_id')
      .notNull()
      .references(() => trackers.id),
    accountId: text('account_id').notNull(),
    baselineSeq: integer('baseline_seq').notNull(),
    baselineAt: integer('baseline_at').notNull(),
    seenSeq: integer('seen_seq').notNull(),
    seenAt: integer('seen_at').notNull(),
    reviewedSeq: integer('reviewed_seq').notNull(),
  },
  table => [primaryKey({ columns: [table.trackerId, table.accountId] })],
)

export const reviews = pgTable(
  'reviews',
  {
    trackerId: text('tracker_id')
      .notNull()
      .references(() => trackers.id),
    accountId: text('account_id').notNull(),
    address: text('address').notNull(),
    seq: integer('seq').notNull(),
  },
  table => [primaryKey({ columns: [table.trackerId, table.accountId, table.address] })],
)

// The record of changes.

export const changes = pgTable(
  'changes',
  {
    document: text('document')
      .notNull()
      .references(() => documents.name),
    firstSeq: integer('first_seq').notNull(),
    lastSeq: integer('last_seq').notNull(),
    firstAt: integer('first_at').notNull(),
    lastAt: integer('last_at').notNull(),
    account: text('account').notNull(),
    address: text('address').notNull(),
    issue: text('issue'),
    party: text('party'),
    field: text('field').notNull(),
    before: text('before').notNull(),
    after: text('after').notNull(),
    restore: text('restore'),
    movement: integer('movement'),
  },
  table => [
    primaryKey({ columns: [table.document, table.firstSeq, table.address] }),
    index('changes_newest').on(table.document, table.lastSeq),
    index('changes_cell').on(table.document, table.issue, table.party, table.lastSeq),
    index('changes_open').on(table.document, table.lastAt),
  ],
)

export const changeMarks = pgTable('change_marks', {
  document: text('document')
    .primaryKey()
    .references(() => documents.name),
  version: integer('version').notNull(),
  seq: integer('seq').notNull(),
  stateSeq: integer('state_seq').notNull(),
  state: bytes('state'),
})
