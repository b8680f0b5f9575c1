/** Every table on SQLite. Times are milliseconds since 1970 unless a library wants otherwise. */
import { blob, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

const bytes = (name: string) => blob(name, { mode: 'buffer' })

// The journal: the truth. Written by the store's fast path, in the shape that Drizzle's migrations give it.

export const documents = sqliteTable('documents', {
  name: text('name').primaryKey(),
  /** The number of the last entry. */
  head: integer('head').notNull(),
})

/** The full state after the entry `seq`; a table of its own, or each new head would rewrite the state. */
export const checkpoints = sqliteTable('checkpoints', {
  document: text('document')
    .primaryKey()
    .references(() => documents.name),
  seq: integer('seq').notNull(),
  /** CRC-32 of `state`. */
  checksum: integer('checksum').notNull(),
  state: bytes('state').notNull(),
})

/** One row per document and flush: the entries `firstSeq` to `lastSeq`, packed, with a checksum. */
export const journal = sqliteTable(
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

/** To whom each Yjs client id of a document belongs: bound at first use, for ever. */
export const clients = sqliteTable(
  'clients',
  {
    document: text('document').notNull(),
    client: integer('client').notNull(),
    account: text('account').notNull(),
  },
  table => [primaryKey({ columns: [table.document, table.client] })],
)

// Accounts: the tables that better-auth asks for.

const moment = (name: string) => integer(name, { mode: 'timestamp_ms' })

export const user = sqliteTable('user', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  email: text('email').notNull().unique(),
  emailVerified: integer('email_verified', { mode: 'boolean' }).notNull().default(false),
  image: text('image'),
  createdAt: moment('created_at').notNull(),
  updatedAt: moment('updated_at').notNull(),
  twoFactorEnabled: integer('two_factor_enabled', { mode: 'boolean' }).notNull().default(false),
  /** A service account signs in with tokens alone. */
  kind: text('kind', { enum: ['person', 'service'] })
    .notNull()
    .default('person'),
  serverRole: text('server_role', { enum: ['administrator', 'member', 'guest'] })
    .notNull()
    .default('member'),
  /** The account stays, as the author of what it wrote; nobody gets in with it. */
  closedAt: integer('closed_at'),
})

export const session = sqliteTable(
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

export const account = sqliteTable(
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

export const verification = sqliteTable(
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

export const twoFactor = sqliteTable(
  'two_factor',
  {
    id: text('id').primaryKey(),
    secret: text('secret').notNull(),
    backupCodes: text('backup_codes').notNull(),
    userId: text('user_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    verified: integer('verified', { mode: 'boolean' }).default(true),
    failedVerificationCount: integer('failed_verification_count').default(0),
    lockedUntil: moment('locked_until'),
  },
  table => [index('two_factor_user').on(table.userId)],
)

export const passkey = sqliteTable(
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
    backedUp: integer('backed_up', { mode: 'boolean' }).notNull(),
    transports: text('transports'),
    createdAt: moment('created_at'),
    aaguid: text('aaguid'),
  },
  table => [index('passkey_user').on(table.userId)],
)

// Accounts: ours.

/** Links with which somebody sets a password: issued by an administrator, or sent by mail. */
export const resetLinks = sqliteTable('reset_links', {
  id: text('id').primaryKey(),
  /** SHA-256 of the link's secret, in hex. */
  tokenHash: text('token_hash').notNull().unique(),
  accountId: text('account_id')
    .notNull()
    .references(() => user.id),
  /** Null where it was asked for by mail. */
  issuedBy: text('issued_by'),
  createdAt: integer('created_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
  usedAt: integer('used_at'),
})

/** What administrators set in the product, as JSON by name. */
export const settings = sqliteTable('settings', {
  name: text('name').primaryKey(),
  value: text('value', { mode: 'json' }).notNull(),
})

export const groups = sqliteTable('groups', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  createdBy: text('created_by').notNull(),
  createdAt: integer('created_at').notNull(),
})

export const groupMembers = sqliteTable(
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

/** What programs show instead of a password: of a person, or of a service account. */
export const apiTokens = sqliteTable(
  'api_tokens',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    /** SHA-256 of the token, in hex. */
    tokenHash: text('token_hash').notNull().unique(),
    accountId: text('account_id')
      .notNull()
      .references(() => user.id),
    createdBy: text('created_by').notNull(),
    createdAt: integer('created_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
    /** What it may do of what the account may: actions of shared/access.ts, a JSON array. */
    actions: text('actions', { mode: 'json' }).$type<readonly string[]>().notNull(),
    /** The trackers that it is for, a JSON array; null: all of the account's. */
    trackerIds: text('tracker_ids', { mode: 'json' }).$type<readonly string[]>(),
    lastUsedAt: integer('last_used_at'),
    lastUsedFrom: text('last_used_from'),
    revokedAt: integer('revoked_at'),
  },
  table => [index('api_tokens_account').on(table.accountId)],
)

/**
 * What was done with accounts, rights and exports. Rows are added and never changed; each carries a hash of itself
 * and of the one before.
 */
export const audit = sqliteTable(
  'audit',
  {
    /** From 1, without a gap. */
    seq: integer('seq').notNull(),
    at: integer('at').notNull(),
    what: text('what').notNull(),
    /** The account, and its name then; null for a stranger and for the server itself. */
    by: text('by'),
    byName: text('by_name').notNull(),
    /** The address from which it was asked; '' for the server itself. */
    from: text('from').notNull(),
    trackerId: text('tracker_id'),
    /** The account, link, token … that it was done to. */
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

export const trackers = sqliteTable('trackers', {
  id: text('id').primaryKey(),
  /** A copy of the document's title, so that the list need not open every document. */
  title: text('title').notNull(),
  createdAt: integer('created_at').notNull(),
  editedAt: integer('edited_at').notNull(),
  archivedAt: integer('archived_at'),
  /** The line that every export carries, as “CONFIDENTIAL”; '' for none. */
  classification: text('classification').notNull().default(''),
})

export const members = sqliteTable(
  'members',
  {
    trackerId: text('tracker_id')
      .notNull()
      .references(() => trackers.id),
    accountId: text('account_id')
      .notNull()
      .references(() => user.id),
    role: text('role', { enum: ['owner', 'editor', 'commenter', 'viewer'] }).notNull(),
    joinedAt: integer('joined_at').notNull(),
  },
  table => [
    primaryKey({ columns: [table.trackerId, table.accountId] }),
    index('members_account').on(table.accountId),
  ],
)

/** The role that everybody in a group has in a tracker. */
export const groupRoles = sqliteTable(
  'group_roles',
  {
    trackerId: text('tracker_id')
      .notNull()
      .references(() => trackers.id),
    groupId: text('group_id')
      .notNull()
      .references(() => groups.id, { onDelete: 'cascade' }),
    role: text('role', { enum: ['owner', 'editor', 'commenter', 'viewer'] }).notNull(),
    grantedAt: integer('granted_at').notNull(),
  },
  table => [
    primaryKey({ columns: [table.trackerId, table.groupId] }),
    index('group_roles_group').on(table.groupId),
  ],
)

export const invitations = sqliteTable('invitations', {
  id: text('id').primaryKey(),
  /** SHA-256 of the link's secret, in hex. */
  tokenHash: text('token_hash').notNull().unique(),
  trackerId: text('tracker_id')
    .notNull()
    .references(() => trackers.id),
  role: text('role', { enum: ['editor', 'commenter', 'viewer'] }).notNull(),
  invitedBy: text('invited_by')
    .notNull()
    .references(() => user.id),
  createdAt: integer('created_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
  usedBy: text('used_by'),
  usedAt: integer('used_at'),
  revokedAt: integer('revoked_at'),
  /** How many people it lets in, and has let in. */
  mostUses: integer('most_uses').notNull().default(1),
  uses: integer('uses').notNull().default(0),
  /** What an account that is made with it is on the server. */
  serverRole: text('server_role', { enum: ['member', 'guest'] })
    .notNull()
    .default('member'),
})

/** Links with which anybody sees a tracker as a page, as it is or as a snapshot has it. */
export const shareLinks = sqliteTable(
  'share_links',
  {
    id: text('id').primaryKey(),
    /** SHA-256 of the link's secret, in hex. */
    tokenHash: text('token_hash').notNull().unique(),
    trackerId: text('tracker_id')
      .notNull()
      .references(() => trackers.id),
    /** Null: the tracker as it is when somebody looks. */
    snapshotId: text('snapshot_id'),
    name: text('name').notNull(),
    /** As better-auth keeps passwords; null without one. */
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

/** Parts of a tracker with readers of their own: each is a document, `<tracker>.<compartment>`. */
export const compartments = sqliteTable(
  'compartments',
  {
    id: text('id').primaryKey(),
    trackerId: text('tracker_id')
      .notNull()
      .references(() => trackers.id),
    name: text('name').notNull(),
    /** What everybody else sees of it. */
    outsidersSee: text('outsiders_see', { enum: ['nothing', 'withheld'] }).notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  table => [index('compartments_tracker').on(table.trackerId)],
)

export const compartmentMembers = sqliteTable(
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

// Snapshots: immutable but for label and note.

export const snapshots = sqliteTable(
  'snapshots',
  {
    id: text('id').primaryKey(),
    trackerId: text('tracker_id')
      .notNull()
      .references(() => trackers.id),
    /** The number of journal entries that the state holds. */
    seq: integer('seq').notNull(),
    at: integer('at').notNull(),
    kind: text('kind', {
      enum: ['manual', 'automatic', 'before_restore', 'before_import', 'meeting'],
    }).notNull(),
    label: text('label').notNull(),
    note: text('note').notNull(),
    /** The account that saved it; null for automatic ones. */
    by: text('by'),
    /** Account ids of everybody who edited since the snapshot before: a JSON array. */
    authors: text('authors', { mode: 'json' }).$type<readonly string[]>().notNull(),
    /** What changed since the snapshot before: the figures of shared/compare/summary.ts. */
    summary: text('summary', { mode: 'json' }).notNull(),
    /** The full state: a Yjs update V2, gzip-compressed. */
    state: bytes('state').notNull(),
    /** Kept for good, whatever its age. */
    pinned: integer('pinned', { mode: 'boolean' }).notNull().default(false),
    /** How many older automatic ones were thinned out in its favour: its summary and its authors are also theirs. */
    standsFor: integer('stands_for').notNull().default(0),
  },
  table => [index('snapshots_tracker').on(table.trackerId, table.seq)],
)

/** Who has signed a snapshot off. */
export const signOffs = sqliteTable(
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

/** Texts that were taken out of a tracker's history: what is left of them is that, by whom, when and why. */
export const redactions = sqliteTable(
  'redactions',
  {
    id: text('id').primaryKey(),
    trackerId: text('tracker_id')
      .notNull()
      .references(() => trackers.id),
    by: text('by').notNull(),
    at: integer('at').notNull(),
    reason: text('reason').notNull(),
    /** What is redacted, by where it stands and never by what it says: JSON. */
    places: text('places', { mode: 'json' }).notNull(),
    /** When the last copy was gone; null while the work is not done. */
    doneAt: integer('done_at'),
  },
  table => [index('redactions_tracker').on(table.trackerId, table.at)],
)

// What sources say.

/** The texts of sources, in plain words. They stay as they came, but for what is redacted. */
export const sourceTexts = sqliteTable(
  'source_texts',
  {
    trackerId: text('tracker_id')
      .notNull()
      .references(() => trackers.id),
    /** SHA-256 of the text in UTF-8 as it came, in hex. */
    hash: text('hash').notNull(),
    kind: text('kind', {
      enum: ['pasted', 'txt', 'md', 'html', 'pdf', 'docx', 'eml'],
    }).notNull(),
    /** Of the file; '' where it was pasted. */
    name: text('name').notNull(),
    /** Of the file, or of what was pasted. */
    bytes: integer('bytes').notNull(),
    by: text('by').notNull(),
    at: integer('at').notNull(),
    /** UTF-8, gzip-compressed. */
    packed: bytes('packed').notNull(),
    /** SHA-256 of what `packed` holds: another than `hash` where something of it was redacted. */
    sum: text('sum').notNull(),
    redactedAt: integer('redacted_at'),
  },
  table => [primaryKey({ columns: [table.trackerId, table.hash] })],
)

// What each member has seen.

/** Numbers are those of the journal's entries. */
export const visits = sqliteTable(
  'visits',
  {
    trackerId: text('tracker_id')
      .notNull()
      .references(() => trackers.id),
    accountId: text('account_id').notNull(),
    /** Where the visit before this one ended. */
    baselineSeq: integer('baseline_seq').notNull(),
    baselineAt: integer('baseline_at').notNull(),
    /** The last sign that the account looked at the tracker, and what there was to see. */
    seenSeq: integer('seen_seq').notNull(),
    seenAt: integer('seen_at').notNull(),
    /** Everything up to here counts as reviewed. */
    reviewedSeq: integer('reviewed_seq').notNull(),
  },
  table => [primaryKey({ columns: [table.trackerId, table.accountId] })],
)

/** Changes that an account has marked as reviewed one by one: at an address, up to an entry. */
export const reviews = sqliteTable(
  'reviews',
  {
    trackerId: text('tracker_id')
      .notNull()
      .references(() => trackers.id),
    accountId: text('account_id').notNull(),
    /** As in a comparison: `cell/<issue>/<party>`, `issue/<issue>`, `claim/<claim>` … */
    address: text('address').notNull(),
    seq: integer('seq').notNull(),
  },
  table => [primaryKey({ columns: [table.trackerId, table.accountId, table.address] })],
)

// The record of changes: derived from the journal, and made anew from it whenever that is needed.

/** One account's run of changes in one field (shared/history/changes.ts). */
export const changes = sqliteTable(
  'changes',
  {
    document: text('document')
      .notNull()
      .references(() => documents.name),
    /** The journal's numbers of the run's first and last entry. */
    firstSeq: integer('first_seq').notNull(),
    lastSeq: integer('last_seq').notNull(),
    firstAt: integer('first_at').notNull(),
    lastAt: integer('last_at').notNull(),
    account: text('account').notNull(),
    /** The field's path in the document (shared/history/fields.ts), and what it speaks of. */
    address: text('address').notNull(),
    issue: text('issue'),
    party: text('party'),
    field: text('field').notNull(),
    /** JSON; equal where the run ended as it had begun. */
    before: text('before').notNull(),
    after: text('after').notNull(),
    /** The id of the restore's note in the document. */
    restore: text('restore'),
    /** The first entry of the movement of which it is a part; null for what is not in a cell. */
    movement: integer('movement'),
  },
  table => [
    primaryKey({ columns: [table.document, table.firstSeq, table.address] }),
    index('changes_newest').on(table.document, table.lastSeq),
    index('changes_cell').on(table.document, table.issue, table.party, table.lastSeq),
    index('changes_open').on(table.document, table.lastAt),
  ],
)

/** How far a document's changes are written, and the document as it was at some entry before that. */
export const changeMarks = sqliteTable('change_marks', {
  document: text('document')
    .primaryKey()
    .references(() => documents.name),
  /** The version of the rules by which they were written. */
  version: integer('version').notNull(),
  seq: integer('seq').notNull(),
  stateSeq: integer('state_seq').notNull(),
  /** A Yjs update V1, zstd-compressed; null for the empty document. */
  state: bytes('state'),
})
