/**
 * How much an account, a connection and an update may ask of the server: one table, from which the settings and the
 * operators' page are made. An honest team stays far below every one of them.
 */

const KIB = 1024
const MIB = 1024 * KIB

/** Bytes, milliseconds and seconds stand at the end of the setting's name; everything else is a count. */
export interface LimitRow {
  /** The environment variable that changes it. */
  readonly setting: `LIMIT_${string}`
  readonly standard: number
  readonly least: number
  readonly most: number
  readonly what: string
  /** What happens above it. */
  readonly above: string
}

const row = (
  setting: LimitRow['setting'],
  standard: number,
  [least, most]: readonly [least: number, most: number],
  what: string,
  above: string,
): LimitRow => ({ setting, standard, least, most, what, above })

const TOO_LARGE = 'closes with 4413'
const MALFORMED = 'closes with 4400'
const TOO_FAST = 'closes with 4529'

export const LIMIT_TABLE = {
  message: row('LIMIT_MESSAGE_BYTES', MIB, [64 * KIB, 64 * MIB], 'one message', TOO_LARGE),
  answer: row(
    'LIMIT_ANSWER_BYTES',
    16 * MIB,
    [64 * KIB, 256 * MIB],
    'what a connection brings along when it begins: all that a tab did while it was offline',
    TOO_LARGE,
  ),
  unfinished: row(
    'LIMIT_UNFINISHED_BYTES',
    32 * MIB,
    [MIB, 1024 * MIB],
    'messages of one account that are still on their way in, together',
    TOO_FAST,
  ),
  structs: row(
    'LIMIT_STRUCTS',
    20_000,
    [100, 10_000_000],
    'new pieces, and new deletions, in one update',
    TOO_LARGE,
  ),
  answerStructs: row(
    'LIMIT_ANSWER_STRUCTS',
    50_000,
    [100, 10_000_000],
    'the same in what a connection brings along when it begins',
    TOO_LARGE,
  ),
  ranges: row(
    'LIMIT_DELETE_RANGES',
    20_000,
    [100, 10_000_000],
    'deletions named in one update, on top of those that the document knows',
    TOO_LARGE,
  ),
  words: row('LIMIT_VALUE_CHARACTERS', 64 * KIB, [4_000, 16 * MIB], 'one value', MALFORMED),
  values: row(
    'LIMIT_VALUE_PARTS',
    1_000,
    [10, 1_000_000],
    'parts of one list or object',
    MALFORMED,
  ),
  depth: row('LIMIT_VALUE_DEPTH', 4, [1, 64], 'levels of one list or object', MALFORMED),
  clientIds: row(
    'LIMIT_CLIENT_IDS',
    16,
    [1, 10_000],
    'Yjs client ids that one connection may bring after its beginning',
    TOO_FAST,
  ),
  clientIdsADay: row(
    'LIMIT_CLIENT_IDS_A_DAY',
    256,
    [1, 100_000],
    'the same for an account in a document and a day, and for what a connection brings along',
    TOO_FAST,
  ),
  document: row(
    'LIMIT_DOCUMENT_BYTES',
    32 * MIB,
    [MIB, 1024 * MIB],
    'state of one document',
    TOO_LARGE,
  ),
  stateVector: row(
    'LIMIT_STATE_VECTOR_BYTES',
    64 * KIB,
    [KIB, 16 * MIB],
    "state vector of an asker, on top of the document's own",
    MALFORMED,
  ),
  held: row(
    'LIMIT_HELD_BYTES',
    MIB,
    [KIB, 64 * MIB],
    'edits that came before what they build on',
    'closes with 4500',
  ),
  burst: row(
    'LIMIT_MESSAGES_AT_ONCE',
    400,
    [50, 1_000_000],
    'messages of one account at once; every 16 KiB and every 100 pieces count as one, asking for a document as ten',
    TOO_FAST,
  ),
  sustained: row('LIMIT_MESSAGES_PER_SECOND', 50, [5, 1_000_000], 'the same for long', TOO_FAST),
  joins: row(
    'LIMIT_JOINS_AT_ONCE',
    60,
    [5, 1_000_000],
    'connections that one account begins at once',
    TOO_FAST,
  ),
  joinsPerSecond: row('LIMIT_JOINS_PER_SECOND', 2, [1, 100_000], 'the same for long', TOO_FAST),
  sockets: row(
    'LIMIT_SOCKETS_PER_ACCOUNT',
    20,
    [1, 1_000_000],
    'connections of one account',
    TOO_FAST,
  ),
  socketsPerAddress: row(
    'LIMIT_SOCKETS_PER_ADDRESS',
    100,
    [1, 1_000_000],
    'connections from one address',
    'HTTP 429',
  ),
  headers: row(
    'LIMIT_HEADERS_MS',
    10_000,
    [500, 600_000],
    "for a request's headers to come in",
    'HTTP 408',
  ),
  request: row(
    'LIMIT_REQUEST_MS',
    60_000,
    [1_000, 3_600_000],
    'for a whole request to come in',
    'HTTP 408',
  ),
  presence: row(
    'LIMIT_PRESENCE_BYTES',
    4 * KIB,
    [256, 64 * KIB],
    'what one tab tells of its place',
    'is not passed on',
  ),
  presenceMessage: row(
    'LIMIT_PRESENCE_MESSAGE_BYTES',
    128 * KIB,
    [KIB, 4 * MIB],
    'one message of presence; the server sends at most half of it at once',
    MALFORMED,
  ),
  presenceGap: row(
    'LIMIT_PRESENCE_GAP_MS',
    50,
    [1, 1_000],
    'between two frames of presence in a document',
    'they wait, and are told together',
  ),
  slow: row(
    'LIMIT_SLOW_BYTES',
    MIB,
    [64 * KIB, 64 * MIB],
    'waiting for a reader',
    'it is sent nothing until it has taken them, then all it missed',
  ),
  drained: row(
    'LIMIT_DRAINED_BYTES',
    64 * KIB,
    [KIB, 16 * MIB],
    'still waiting for such a reader',
    'it goes on waiting',
  ),
  tooSlow: row(
    'LIMIT_TOO_SLOW_BYTES',
    8 * MIB,
    [128 * KIB, 256 * MIB],
    'waiting for a reader',
    'closes with 4508',
  ),
  stalled: row(
    'LIMIT_STALLED_MS',
    30_000,
    [1_000, 600_000],
    'that a reader may be behind',
    'closes with 4508',
  ),
  silence: row(
    'LIMIT_SILENCE_MS',
    12_000,
    [1_000, 15_000],
    'without a word to a connection',
    'it is sent an empty one, because stock clients give up after 30 s',
  ),
  waiting: row(
    'LIMIT_WAITING_BYTES',
    64 * MIB,
    [MIB, 16 * 1024 * MIB],
    'edits of all documents that wait for the disk',
    'closes with 4503, and comes back when there is room',
  ),
  waitingDocument: row(
    'LIMIT_WAITING_DOCUMENT_BYTES',
    16 * MIB,
    [64 * KIB, 4 * 1024 * MIB],
    'the same of one document',
    'closes with 4503, and comes back when there is room',
  ),
  memory: row(
    'LIMIT_MEMORY_BYTES',
    1024 * MIB,
    [MIB, 1024 * 1024 * MIB],
    'documents in memory; never more than 60 % of what Node may use',
    'those that nobody edits leave it; while all are in use, another one does not open: 4503',
  ),
  entering: row('LIMIT_ENTER_MS', 5_000, [500, 60_000], 'on the way in', 'closes with 4503'),
  ping: row('LIMIT_PING_MS', 20_000, [1_000, 600_000], 'between two pings', 'the next is sent'),
  dead: row('LIMIT_DEAD_MS', 45_000, [2_000, 3_600_000], 'without a sign of life', 'is cut off'),
  goodbye: row(
    'LIMIT_GOODBYE_MS',
    2_000,
    [100, 60_000],
    'to take the code of a close',
    'is cut off',
  ),
} as const satisfies Readonly<Record<string, LimitRow>>
