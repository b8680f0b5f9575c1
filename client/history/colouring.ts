/** Colouring the matrix by author or by age, at the moment that is shown. */
import { createMemo, createSignal, type Accessor } from 'solid-js'
import type { Authors } from '#client/history/author-names.ts'
import { followed } from '#client/history/followed.ts'
import type { Calls } from '#client/history/moments/messages.ts'
import type { Moments } from '#client/history/moments/moments.ts'
import type { Tint, TintedStance, TintedWords } from '#client/matrix/tint.ts'
import { ago, minuteOf } from '#client/ui/when.ts'
import { cellKey } from '#shared/cells.ts'
import type { CellCredits, Credit } from '#shared/history/credits.ts'
import type { AccountId, IssueId, PartyId } from '#shared/ids.ts'

export const COLOURINGS = ['none', 'author', 'age'] as const
export type ColouringBy = (typeof COLOURINGS)[number]
export const COLOURING_LABELS: Readonly<Record<ColouringBy, string>> = {
  none: 'No colours',
  author: 'Colour by author',
  age: 'Colour by age',
}

const HOUR = 3_600_000
/** Each step holds what is younger than this, before the moment that is shown; the last one all that is older. */
export const AGES = [
  { label: 'Last hour', younger: HOUR },
  { label: 'Last day', younger: 24 * HOUR },
  { label: 'Last week', younger: 7 * 24 * HOUR },
  { label: 'Last month', younger: 30 * 24 * HOUR },
  { label: 'Older', younger: Number.POSITIVE_INFINITY },
] as const

export interface Colouring {
  readonly by: Accessor<ColouringBy>
  readonly colourBy: (by: ColouringBy) => void
  /** Undefined while nothing is coloured. */
  readonly tint: Accessor<Tint | undefined>
  /** Whose colours are on the matrix, the most credited first. */
  readonly authors: Accessor<readonly AccountId[]>
}

interface Sources {
  readonly moments: Moments
  readonly authors: Authors
  /** The moment that is shown; undefined where it has no number in the journal, as in a comparison. */
  readonly seq: Accessor<number | undefined>
  /** The time of that moment, against which ages are told. */
  readonly at: Accessor<number>
}

type Newest = Pick<CellCredits, 'newest'>
type Credited = ReturnType<Calls['credits']>

export const createColouring = ({ at, authors, moments, seq }: Sources): Colouring => {
  const [by, colourBy] = createSignal<ColouringBy>('none')
  const [credited, setCredited] = createSignal<Credited>()
  const wanted = createMemo(() =>
    by() === 'none' || moments.reading().at !== 'ready' ? undefined : seq(),
  )
  followed(wanted, async seq => {
    const answer = await moments.ask('credits', seq).catch(() => undefined)
    if (answer) setCredited(answer)
  })

  const accountOf = ({ seq }: Credit): AccountId | undefined => moments.log().accountOf(seq)
  const nameOf = (credit: Credit): string => {
    const account = accountOf(credit)
    return (account && authors.of(account)?.name) ?? 'somebody'
  }
  const tipOf = (credit: Credit): string => {
    const { restored } = credit
    const written = `${nameOf(credit)}, ${minuteOf(moments.log().timeOf(credit.seq))}`
    if (restored === null) return written
    return `${written}; restored by ${nameOf({ seq: restored, restored: null })}`
  }
  const drawn = (credit: Credit): TintedStance => {
    const account = accountOf(credit)
    return { colour: (account && authors.of(account)?.colour) ?? 0, tip: tipOf(credit) }
  }
  const creditsOf = (issueId: IssueId, partyId: PartyId): CellCredits | undefined =>
    credited()?.cells.get(cellKey(issueId, partyId))

  const byAuthor: Tint = {
    ground: () => undefined,
    words: (issueId, partyId, position) => {
      const stretches = creditsOf(issueId, partyId)?.position ?? []
      const length = stretches.reduce((sum, stretch) => sum + stretch.length, 0)
      // Somebody is writing there: what is known of it is some letters old.
      if (length !== position.length) return undefined
      const words: TintedWords[] = []
      let from = 0
      for (const stretch of stretches) {
        const text = position.slice(from, (from += stretch.length))
        const last = words.at(-1)
        const next = { ...drawn(stretch), text }
        // Typed in one go: letter by letter in the journal, one thing for the reader.
        if (last && last.colour === next.colour && last.tip === next.tip)
          words[words.length - 1] = { ...last, text: last.text + text }
        else words.push(next)
      }
      return words
    },
    stance: (issueId, partyId) => {
      const credit = creditsOf(issueId, partyId)?.stance
      return credit ? drawn(credit) : undefined
    },
    head: id => {
      const head = credited()?.heads.get(id)
      if (!head) return undefined
      const { added, named } = head
      const isOne = !named || named.seq === added.seq
      const said = `${isOne ? '' : `named by ${tipOf(named)}; `}added by ${tipOf(added)}`
      return { ground: undefined, name: named ? { ...drawn(named), tip: said } : undefined, said }
    },
    said: (issueId, partyId) => {
      const { position = [], stance = null } = creditsOf(issueId, partyId) ?? {}
      const names = new Set(position.map(nameOf))
      return [
        stance ? `stance by ${nameOf(stance)}` : '',
        names.size > 0 ? `written by ${[...names].join(', ')}` : '',
      ]
        .filter(Boolean)
        .join(', ')
    },
  }
  const ageOf = (credits: Newest | undefined): string | undefined => {
    if (!credits) return undefined
    const age = at() - moments.log().timeOf(credits.newest)
    return `age-${AGES.findIndex(({ younger }) => age < younger)}`
  }
  const lastOf = (credits: Newest | undefined): string => {
    if (!credits) return ''
    const { newest } = credits
    const name = nameOf({ seq: newest, restored: null })
    return `changed ${ago(moments.log().timeOf(newest), at())} by ${name}`
  }
  const byAge: Tint = {
    ground: (issueId, partyId) => ageOf(creditsOf(issueId, partyId)),
    words: () => undefined,
    stance: () => undefined,
    head: id => {
      const head = credited()?.heads.get(id)
      return head && { ground: ageOf(head), name: undefined, said: lastOf(head) }
    },
    said: (issueId, partyId) => lastOf(creditsOf(issueId, partyId)),
  }

  return {
    by,
    colourBy,
    tint: createMemo(() => {
      if (by() === 'none' || seq() === undefined || !credited()) return undefined
      return by() === 'author' ? byAuthor : byAge
    }),
    authors: createMemo(() => {
      const letters = new Map<AccountId, number>()
      const count = (credit: Credit, many: number): void => {
        const account = accountOf(credit)
        if (account) letters.set(account, (letters.get(account) ?? 0) + many)
      }
      for (const { position, stance } of credited()?.cells.values() ?? []) {
        for (const stretch of position) count(stretch, stretch.length)
        if (stance) count(stance, 1)
      }
      for (const { named } of credited()?.heads.values() ?? []) if (named) count(named, 1)
      return [...letters].sort((a, b) => b[1] - a[1]).map(([account]) => account)
    }),
  }
}
