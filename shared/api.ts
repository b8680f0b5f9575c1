/** What goes over HTTP: the schemas from which the routes, their checks and the OpenAPI description are made. */
import { z } from 'zod'
import { ACCOUNT_KINDS, REGISTRATIONS, ROLES, SERVER_ROLES } from '#shared/access.ts'
import { ID_PATTERN } from '#shared/ids.ts'
import { MAX_MEETING_TITLE_LENGTH } from '#shared/meetings.ts'
import { isMomentRef } from '#shared/moments.ts'
import { MOVEMENT_KINDS } from '#shared/movements.ts'
import { faultInName, MAX_NAME_LENGTH } from '#shared/person-names.ts'
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from '#shared/passwords.ts'
import { LONGEST_REDACTED, MAX_REDACTION_REASON, SHORTEST_REDACTED } from '#shared/redactions.ts'
import { MAX_LABEL_LENGTH, MAX_NOTE_LENGTH, MAX_REMARK_LENGTH } from '#shared/snapshots.ts'

export const id = z.string().regex(ID_PATTERN)
const upTo = (most: number) => z.string().trim().max(most, `must have at most ${most} characters`)
const line = (most: number) => upTo(most).min(1, 'must not be empty')
/** Milliseconds since 1970. */
export const time = z.number().int().nonnegative()

export const role = z.enum(ROLES)

/** Every refusal: what happened and what to do, in words; `code` is for programs. */
export const apiError = z
  .object({ error: z.object({ code: z.string(), message: z.string() }) })
  .meta({ id: 'Error' })
export type ApiError = z.infer<typeof apiError>

export const account = z
  .object({
    id,
    name: z.string(),
    email: z.string(),
    colour: z.number().int().min(0).max(11),
    serverRole: z.enum(SERVER_ROLES),
  })
  .meta({ id: 'Account' })
export type ApiAccount = z.infer<typeof account>

export const session = z
  .object({
    account: account.nullable(),
    /** Whether nobody has an account yet: the visitor is greeted and creates the first one. */
    firstVisit: z.boolean(),
  })
  .meta({ id: 'Session' })
export type ApiSession = z.infer<typeof session>

const email = z.email('is no e-mail address').max(254)
/** Of a new account: under `.invalid` nobody gets mail, and those who only wrote the demo have their addresses. */
const freshEmail = email.refine(
  it => !/\.invalid$/i.test(it),
  'is no e-mail address that gets mail',
)
/** One that is set; those that were set before may be shorter. */
const freshPassword = z
  .string()
  .min(SHORTEST_PASSWORD, `must have at least ${SHORTEST_PASSWORD} characters`)
  .max(LONGEST_PASSWORD, `must have at most ${LONGEST_PASSWORD} characters`)

/** Signed in, or on the way there. */
export const signInAnswer = session
  .extend({ needs: z.literal('second factor').optional() })
  .meta({ id: 'SignInAnswer' })
export type SignInAnswer = z.infer<typeof signInAnswer>

export const credentials = z
  .object({ email, password: z.string().max(LONGEST_PASSWORD) })
  .meta({ id: 'Credentials' })
/** Of a person, a service account or a group. */
export const personName = line(MAX_NAME_LENGTH).superRefine((name, context) => {
  const fault = faultInName(name)
  if (fault !== undefined) context.addIssue({ code: 'custom', message: fault })
})
export const newAccount = z
  .object({ name: personName, email: freshEmail, password: freshPassword })
  .meta({ id: 'NewAccount' })
export type NewAccount = z.infer<typeof newAccount>

export const serverRole = z.enum(SERVER_ROLES)

export const WAYS_IN = ['password', 'second factor', 'passkey', 'organisation'] as const
export type WayIn = (typeof WAYS_IN)[number]

/** Somebody with an account, as administrators see them: not what is in their trackers, nor which these are. */
export const person = z
  .object({
    accountId: id,
    name: z.string(),
    email: z.string(),
    serverRole,
    closedAt: time.nullable(),
    waysIn: z.array(z.enum(WAYS_IN)),
    lastSeenAt: time.nullable(),
    /** How many trackers they are a member of. */
    trackers: z.number().int(),
  })
  .meta({ id: 'Person' })
export type ApiPerson = z.infer<typeof person>
export const newPerson = z
  .object({ name: personName, email: freshEmail, serverRole })
  .meta({ id: 'NewPerson' })
export type NewPerson = z.infer<typeof newPerson>
export const serverRoleChange = z.object({ serverRole }).meta({ id: 'ServerRoleChange' })
/** `successor` becomes the owner of the trackers that nobody else owns. */
export const closing = z.object({ successor: id.optional() }).meta({ id: 'Closing' })
export const ownClosing = z
  .object({ password: z.string().max(LONGEST_PASSWORD).optional() })
  .meta({ id: 'OwnClosing' })

export const resetLink = z
  .object({
    /** The secret part of the link `/reset/<token>`; told once, stored as a hash. */
    token: z.string(),
    expiresAt: time,
  })
  .meta({ id: 'ResetLink' })
export type ResetLink = z.infer<typeof resetLink>
export const personAdded = z.object({ accountId: id, link: resetLink }).meta({ id: 'PersonAdded' })
export type PersonAdded = z.infer<typeof personAdded>
export const resetting = z.object({ name: z.string(), email: z.string() }).meta({ id: 'Resetting' })
export type ApiResetting = z.infer<typeof resetting>
export const newPassword = z
  .object({ password: newAccount.shape.password })
  .meta({ id: 'NewPassword' })
export const accountChange = z.object({ name: personName }).meta({ id: 'AccountChange' })
export const passwordChange = z
  .object({ present: z.string().max(LONGEST_PASSWORD), next: freshPassword })
  .meta({ id: 'PasswordChange' })

/** Whoever has a password gives it once more. */
export const confirmation = z
  .object({ password: z.string().max(LONGEST_PASSWORD).optional() })
  .meta({ id: 'Confirmation' })

/** How somebody gets in. */
export const accountSecurity = z
  .object({
    hasPassword: z.boolean(),
    secondFactor: z.boolean(),
    recoveryCodesLeft: z.number().int(),
  })
  .meta({ id: 'AccountSecurity' })
export type AccountSecurity = z.infer<typeof accountSecurity>

export const recoveryCodes = z
  .object({ recoveryCodes: z.array(z.string()) })
  .meta({ id: 'RecoveryCodes' })
export const begunSecondFactor = recoveryCodes
  .extend({
    /** As an app reads it from a picture. */
    uri: z.string(),
    /** As somebody types it into an app. */
    secret: z.string(),
  })
  .meta({ id: 'BegunSecondFactor' })
export type BegunSecondFactor = z.infer<typeof begunSecondFactor>
export const secondFactorCode = z.object({ code: line(40) }).meta({ id: 'SecondFactorCode' })

const passkeyName = line(60)
export const passkey = z
  .object({ id: z.string(), name: z.string(), createdAt: time })
  .meta({ id: 'Passkey' })
export type ApiPasskey = z.infer<typeof passkey>
export const passkeyChange = z.object({ name: passkeyName }).meta({ id: 'PasskeyChange' })
/** What a browser's `navigator.credentials` is asked, as JSON. */
export const passkeyOptions = z.looseObject({}).meta({ id: 'PasskeyOptions' })
/** What it answers, as JSON; what else there is in it, the accounts library reads. */
const keyAnswer = z.looseObject({
  id: z.string().max(1_400),
  rawId: z.string().max(1_400),
  type: z.literal('public-key'),
  clientExtensionResults: z.looseObject({}),
})
const madeKey = keyAnswer.extend({
  response: z.looseObject({ clientDataJSON: z.string(), attestationObject: z.string() }),
})
export type MadeKey = z.infer<typeof madeKey>
export const passkeyAnswer = keyAnswer
  .extend({
    response: z.looseObject({
      clientDataJSON: z.string(),
      authenticatorData: z.string(),
      signature: z.string(),
    }),
  })
  .meta({ id: 'PasskeyAnswer' })
export type PasskeyAnswer = z.infer<typeof passkeyAnswer>
export const newPasskey = z
  .object({ name: passkeyName, response: madeKey })
  .meta({ id: 'NewPasskey' })

/** Where somebody is signed in. */
export const signedInAt = z
  .object({
    id,
    /** The program and the system, in words. */
    device: z.string(),
    /** The address from which it signed in; '' where nobody knows. */
    from: z.string(),
    since: time,
    seen: time,
    /** Whether it is the one that asks. */
    isThis: z.boolean(),
  })
  .meta({ id: 'SignedInAt' })
export type SignedInAt = z.infer<typeof signedInAt>

export const wayThere = z
  .object({
    /** The path to go to once signed in. */
    return: z.string().max(2_000).default('/'),
  })
  .meta({ id: 'WayThere' })
export const elsewhere = z.object({ url: z.string() }).meta({ id: 'Elsewhere' })
export type Elsewhere = z.infer<typeof elsewhere>

export const forgotten = z.object({ email }).meta({ id: 'Forgotten' })

/** The ways to come in that the server offers to strangers. */
export const waysIn = z
  .object({
    /** Whether anybody may make an account. */
    registration: z.boolean(),
    /** Whether a link to set a password comes by mail. */
    mail: z.boolean(),
    password: z.boolean(),
    /** The name of the organisation at which people sign in; null without one. */
    organisation: z.string().nullable(),
  })
  .meta({ id: 'WaysIn' })
export type ApiWaysIn = z.infer<typeof waysIn>

export const settings = z
  .object({
    registration: z.enum(REGISTRATIONS),
    /** Set in the environment: the server that takes mail, without name and password, and the sender. */
    mail: z.object({ server: z.string(), from: z.string() }).nullable(),
    /** The OpenID Connect provider, and what somebody becomes who has no account; null: they get none. */
    organisation: z
      .object({
        name: z.string(),
        issuer: z.string(),
        joins: z.enum(['member', 'guest']).nullable(),
        only: z.boolean(),
      })
      .nullable(),
  })
  .meta({ id: 'Settings' })
export type ApiSettings = z.infer<typeof settings>
export const settingsChange = settings.pick({ registration: true }).meta({ id: 'SettingsChange' })

export const entered = z.object({ trackerId: id }).meta({ id: 'Entered' })
export type Entered = z.infer<typeof entered>

export const invitation = z
  .object({ trackerTitle: z.string(), role, invitedBy: z.string() })
  .meta({ id: 'Invitation' })
export type ApiInvitation = z.infer<typeof invitation>

/** Without an account, the one who is signed in joins. */
export const acceptance = z.object({ account: newAccount.optional() }).meta({ id: 'Acceptance' })

export const MOST_USES = 100
export const LONGEST_INVITATION_HOURS = 30 * 24
const invitable = role.exclude(['owner'])
const invitedServerRole = z.enum(SERVER_ROLES).exclude(['administrator'])

export const newInvitation = z
  .object({
    role: invitable,
    /** How many people it lets in. */
    mostUses: z.number().int().min(1).max(MOST_USES).default(1),
    /** Without it, as long as the server says. */
    hours: z.number().int().min(1).max(LONGEST_INVITATION_HOURS).optional(),
    /** What an account that is made with it is on the server: without it, what the one who invites may give. */
    serverRole: invitedServerRole.optional(),
  })
  .meta({ id: 'NewInvitation' })
const invitationTerms = z.object({
  id,
  role: invitable,
  serverRole: invitedServerRole,
  mostUses: z.number().int(),
  uses: z.number().int(),
  expiresAt: time,
})
export const invitationLink = invitationTerms
  .extend({
    /** The secret part of the link `/join/<token>`; told once, stored as a hash. */
    token: z.string(),
  })
  .meta({ id: 'InvitationLink' })
export type InvitationLink = z.infer<typeof invitationLink>
export const openInvitation = invitationTerms
  .extend({ invitedBy: z.string() })
  .meta({ id: 'OpenInvitation' })
export type OpenInvitation = z.infer<typeof openInvitation>

export const member = z
  .object({
    accountId: id,
    name: z.string(),
    email: z.string(),
    kind: z.enum(ACCOUNT_KINDS),
    /** The highest of the two below. */
    role,
    /** The member's own; null for who is in through groups alone. */
    own: role.nullable(),
    through: z.array(z.object({ groupId: id, name: z.string(), role })),
  })
  .meta({ id: 'Member' })
export type ApiMember = z.infer<typeof member>
export const roleChange = z.object({ role }).meta({ id: 'RoleChange' })

/** Handing a tracker over: the account that owns it from then on. */
export const transfer = z.object({ to: id }).meta({ id: 'Transfer' })

/** Somebody with an account, for whoever may let them into a tracker or a group. */
export const directoryEntry = z
  .object({ accountId: id, name: z.string(), email: z.string(), kind: z.enum(ACCOUNT_KINDS) })
  .meta({ id: 'DirectoryEntry' })
export type DirectoryEntry = z.infer<typeof directoryEntry>

export const group = z
  .object({ id, name: z.string(), people: z.number().int() })
  .meta({ id: 'Group' })
export type ApiGroup = z.infer<typeof group>
export const newGroup = z.object({ name: personName }).meta({ id: 'NewGroup' })
export const groupView = newGroup
  .extend({ id, people: z.array(directoryEntry) })
  .meta({ id: 'GroupView' })
export type ApiGroupView = z.infer<typeof groupView>
/** A group that has a role in a tracker. */
export const groupRole = group.extend({ role }).meta({ id: 'GroupRole' })
export type ApiGroupRole = z.infer<typeof groupRole>

export const TEMPLATES = ['empty', 'nuclear', 'trade', 'labour', 'peace'] as const
export type TemplateName = (typeof TEMPLATES)[number]

/** The longest classification line. */
export const MAX_CLASSIFICATION_LENGTH = 120
export const ONE_LINE = /^[^\p{Cc}\u2028\u2029]*$/u

export const newTracker = z
  .object({ title: line(200), template: z.enum(TEMPLATES).default('empty') })
  .meta({ id: 'NewTracker' })
export const trackerChange = z
  .object({
    title: line(200),
    description: z.string().max(4000),
    archived: z.boolean(),
    /** The line that every export and every shared page carries; '' for none. */
    classification: upTo(MAX_CLASSIFICATION_LENGTH).regex(/^\P{Cc}*$/u, 'must be one line of text'),
  })
  .partial()
  .meta({ id: 'TrackerChange' })

export const trackerEntry = z
  .object({
    id,
    title: z.string(),
    role,
    archived: z.boolean(),
    classification: z.string(),
    createdAt: time,
    /** When it was last edited. */
    editedAt: time,
    people: z.number().int(),
    /** How many things others have changed that I have not reviewed; told by the list alone. */
    unreviewed: z.number().int().optional(),
  })
  .meta({ id: 'TrackerEntry' })
export type TrackerEntry = z.infer<typeof trackerEntry>

/** The tracker as plain data: `Tracker` of shared/tracker.ts, described in the README. */
const projection = z.looseObject({
  layout: z.number().int(),
  title: z.string(),
  description: z.string(),
  parties: z.array(z.looseObject({ id, name: z.string() })),
  baskets: z.array(z.looseObject({ id, title: z.string() })),
  issues: z.array(z.looseObject({ id, title: z.string() })),
  cells: z.record(z.string(), z.looseObject({ knowledge: z.string(), position: z.string() })),
  sources: z.array(z.looseObject({ id })),
  claims: z.array(z.looseObject({ id, statement: z.string() })),
  redLines: z.array(z.looseObject({ id })),
  restores: z.array(z.looseObject({ id })),
})

const momentRef = z
  .string()
  .refine(isMomentRef, 'is neither a snapshot nor a time as in 2026-02-03T15:40:00Z')
export const momentQuery = z.object({ at: momentRef.optional() })

export const trackerView = z
  .object({
    id,
    role,
    archived: z.boolean(),
    /** The number of journal entries that this state holds. */
    seq: z.number().int(),
    /** When the last of them was made; of a past moment alone. */
    at: time.optional(),
    tracker: projection,
  })
  .meta({ id: 'TrackerView' })

export const SNAPSHOT_KINDS = [
  'manual',
  'automatic',
  'before_restore',
  'before_import',
  'meeting',
] as const
export type SnapshotKind = (typeof SNAPSHOT_KINDS)[number]

export const recordCounts = z.object({
  added: z.number().int(),
  removed: z.number().int(),
  changed: z.number().int(),
})
export const summary = z
  .object({
    /** How many cells changed in which way (shared/movements.ts). */
    moved: z.number().int(),
    learned: z.number().int(),
    judged: z.number().int(),
    worded: z.number().int(),
    redLines: z.number().int(),
    issues: recordCounts,
    parties: recordCounts,
    baskets: recordCounts,
    retitled: z.boolean(),
    about: z.array(z.string()),
  })
  .meta({ id: 'Summary' })
export type ApiSummary = z.infer<typeof summary>
/** `since`: what to compare with. */
export const summaryQuery = z.object({ since: momentRef })

/** Somebody who is credited; whoever left keeps the credit. */
export const author = z
  .object({ id, name: z.string(), colour: z.number().int() })
  .meta({ id: 'Author' })
export type ApiAuthor = z.infer<typeof author>

export const snapshotEntry = z
  .object({
    id,
    label: z.string(),
    note: z.string(),
    kind: z.enum(SNAPSHOT_KINDS),
    seq: z.number().int(),
    at: time,
    /** The account that saved it; null for automatic ones. */
    by: z.object({ id, name: z.string() }).nullable(),
    /** Everybody who edited since the snapshot before. */
    authors: z.array(author),
    /** What changed since the snapshot before. */
    summary,
    /** Kept for good because somebody wants it so. */
    pinned: z.boolean(),
    /** How many automatic ones were thinned out in its favour: its summary and its authors are theirs, too. */
    standsFor: z.number().int(),
    /** In the order in which they signed. */
    signOffs: z.array(
      z.object({ by: z.object({ id, name: z.string() }), at: time, note: z.string() }),
    ),
  })
  .meta({ id: 'Snapshot' })
export type SnapshotEntry = z.infer<typeof snapshotEntry>

export const newSnapshot = z
  .object({
    label: upTo(MAX_LABEL_LENGTH).default(''),
    note: upTo(MAX_NOTE_LENGTH).default(''),
    kind: z.enum(['manual', 'before_restore', 'meeting']).default('manual'),
  })
  .meta({ id: 'NewSnapshot' })
export const snapshotChange = z
  .object({ label: upTo(MAX_LABEL_LENGTH), note: upTo(MAX_NOTE_LENGTH), pinned: z.boolean() })
  .partial()
  .meta({ id: 'SnapshotChange' })
export const newSignOff = z
  .object({ note: upTo(MAX_REMARK_LENGTH).default('') })
  .meta({ id: 'NewSignOff' })
export const snapshotView = z
  .object({ snapshot: snapshotEntry, tracker: projection })
  .meta({ id: 'SnapshotView' })

export const history = z
  .object({
    /** Newest first. */
    snapshots: z.array(snapshotEntry),
    /** What has changed since the newest snapshot, and by whom. */
    sinceThen: z.object({ summary, authors: snapshotEntry.shape.authors, edits: z.number().int() }),
    /** How automatic snapshots thin out on this server (shared/snapshots.ts). */
    retention: z.object({
      allHours: z.number().int(),
      hourlyDays: z.number().int(),
      dailyDays: z.number().int(),
    }),
  })
  .meta({ id: 'History' })
export type ApiHistory = z.infer<typeof history>

export const newMeeting = z
  .object({ title: line(MAX_MEETING_TITLE_LENGTH) })
  .meta({ id: 'NewMeeting' })
export const meeting = z
  .object({
    id,
    title: z.string(),
    startedAt: time,
    /** 0 while it goes on. */
    endedAt: time,
    before: id.nullable(),
    after: id.nullable(),
  })
  .meta({ id: 'Meeting' })

/** Not trimmed: a text is what it is. */
const redactedText = z
  .string()
  .max(LONGEST_REDACTED, `must have at most ${LONGEST_REDACTED} characters`)
  .refine(
    text => text.replaceAll(/[\s█]/g, '').length >= SHORTEST_REDACTED,
    `must have at least ${SHORTEST_REDACTED} characters besides spaces`,
  )
export const redactionSearch = z.object({ text: redactedText }).meta({ id: 'RedactionSearch' })
export const redactionFindings = z
  .object({
    places: z.array(
      z.object({
        where: z.string(),
        times: z.number().int(),
        /** Whether it still stands there, or only did. */
        isThere: z.boolean(),
      }),
    ),
    /** Snapshots that hold it. */
    snapshots: z.number().int(),
    /** Labels, notes and the like that hold it. */
    words: z.number().int(),
  })
  .meta({ id: 'RedactionFindings' })
export type RedactionFindings = z.infer<typeof redactionFindings>
export const newRedaction = z
  .object({ text: redactedText, reason: line(MAX_REDACTION_REASON) })
  .meta({ id: 'NewRedaction' })
export const redaction = z
  .object({ id, by: z.string(), at: time, where: z.string(), reason: z.string() })
  .meta({ id: 'Redaction' })
export const redactionDone = redactionFindings.extend({ redaction }).meta({ id: 'RedactionDone' })
export type RedactionDone = z.infer<typeof redactionDone>
/** `done`: whether the last copy is gone. */
export const redactionEntry = redaction.extend({ done: z.boolean() }).meta({ id: 'RedactionEntry' })

/** What a CSV import did to the matrix. */
export const importReport = z
  .object({
    cells: z.number().int(),
    issuesAdded: z.number().int(),
    partiesAdded: z.number().int(),
    /** Values that fitted nothing, each with its row and column; they were left out. */
    refused: z.array(z.object({ row: z.number().int(), column: z.string(), value: z.string() })),
    safety: id.nullable(),
  })
  .meta({ id: 'ImportReport' })
export type ImportReport = z.infer<typeof importReport>

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()])
/** The value of a field; of a whole record its fields. */
const value = z.union([scalar, z.record(z.string(), scalar)])

/** One account's changes of one field in one go. */
export const change = z
  .object({
    /** The field's path in the document, as `cells/<issue>/<party>/<field>`. */
    address: z.string(),
    issueId: id.nullable(),
    partyId: id.nullable(),
    /** `record` where a whole record came or went, `claim` where a cell won or lost one. */
    field: z.string(),
    before: value,
    after: value,
    account: author,
    firstAt: time,
    lastAt: time,
    firstSeq: z.number().int(),
    lastSeq: z.number().int(),
    /** The restore that did it: an id in the tracker's `restores`. */
    restore: id.nullable(),
    /** The first entry of the movement of which it is a part; null for what is not in a cell. */
    movement: z.number().int().nullable(),
  })
  .meta({ id: 'Change' })
export type ApiChange = z.infer<typeof change>

export const changesPage = z
  .object({
    /** Newest first. */
    changes: z.array(change),
    /** What `before` must be to read on; null where there are no more. */
    next: z.string().nullable(),
  })
  .meta({ id: 'ChangesPage' })
export type ChangesPage = z.infer<typeof changesPage>

const movementKind = z.enum(MOVEMENT_KINDS)

/** What one account changed of one cell in one go. */
export const movement = z
  .object({
    /** `<issue>/<party>/<firstSeq>`: what is said of it in the document is under this. */
    key: z.string(),
    issueId: id,
    partyId: id,
    account: author,
    firstAt: time,
    lastAt: time,
    firstSeq: z.number().int(),
    lastSeq: z.number().int(),
    restore: id.nullable(),
    /** One for each field that is not as it was before. */
    changes: z.array(change.pick({ address: true, field: true, before: true, after: true })),
    /** What it is unless somebody says otherwise. */
    proposed: movementKind,
    /** What it is, with what has been said. */
    kind: movementKind,
    reason: z.object({ id, text: z.string() }).nullable(),
    /** Whether a stance or a red line changed without a claim or a word of why. */
    unexplained: z.boolean(),
  })
  .meta({ id: 'Movement' })
export type ApiMovement = z.infer<typeof movement>

export const movementsPage = z
  .object({
    /** Newest first; with `kind` or `unexplained` there may be fewer than asked for, and more to come. */
    movements: z.array(movement),
    /** What `before` must be to read on; null where there are no more. */
    next: z.string().nullable(),
  })
  .meta({ id: 'MovementsPage' })
export type MovementsPage = z.infer<typeof movementsPage>

export const journalQuery = z.object({
  /** Only entries after the one of this number. */
  after: z.coerce.number().int().nonnegative().default(0),
})

const entryNumber = z.coerce.number().int().nonnegative()
/** `next` of the page before. */
const cursor = z.string().regex(/^\d{1,15}\..{1,300}$/)

/** Each narrows the list down. */
export const changesQuery = z.object({
  issue: id.optional(),
  party: id.optional(),
  /** A cell's or a record's field; `record`, `claim`, `position`. */
  field: z.string().max(64).optional(),
  account: id.optional(),
  /** Only what changed after the journal entry of this number. */
  since: entryNumber.optional(),
  before: cursor.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})

/** Cells in one query: their names have to fit into an address. */
export const MOST_CELLS_ASKED = 40

export const cellsQuery = z.object({
  /** As `<issue>/<party>`, with commas in between. */
  cells: z
    .string()
    .transform(cells =>
      cells.split(',').map(cell => {
        const [issueId = '', partyId = '', ...others] = cell.split('/')
        return { issueId, partyId: [partyId, ...others].join('/') }
      }),
    )
    .pipe(
      z
        .array(z.object({ issueId: id, partyId: id }))
        .min(1)
        .max(MOST_CELLS_ASKED),
    ),
})

/** When each of some cells was changed last, and who wrote what the party stands for there. */
export const lastChanges = z
  .object({
    /** In the order in which they were asked after, without those that were never changed. */
    cells: z.array(z.object({ issueId: id, partyId: id, lastAt: time, writer: author.nullable() })),
  })
  .meta({ id: 'LastChanges' })
export type LastChanges = z.infer<typeof lastChanges>

/** Each narrows the list down. */
export const movementsQuery = changesQuery.omit({ field: true }).extend({
  /** Only what had begun by the journal entry of this number. */
  until: entryNumber.optional(),
  kind: movementKind.optional(),
  unexplained: z.literal('true').optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
