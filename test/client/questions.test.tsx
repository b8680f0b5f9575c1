/** Where a question may be asked: never about what is in a compartment, for everybody reads it. */
import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library'
import { createSignal } from 'solid-js'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { createAsking } from '#client/history/asking.ts'
import { Questions } from '#client/history/questions.tsx'
import { assemble } from '#client/live/assemble.ts'
import type { Beside } from '#client/live/binding.ts'
import type { OpenCompartment } from '#client/live/compartments.ts'
import type { Negotiation } from '#client/live/negotiation.ts'
import type { ApiCompartment } from '#shared/compartment-api.ts'
import { claimRecords } from '#shared/document/claims.ts'
import { partyRecords } from '#shared/document/parties.ts'
import { questionRecords } from '#shared/document/questions.ts'
import { sourceRecords } from '#shared/document/sources.ts'
import type { AccountId, ClaimId, PartyId, QuestionId, SourceId, TrackerId } from '#shared/ids.ts'
import { documentOf } from '#test/client/matrix-harness.tsx'

const HIDDEN = 'hidden'
const COMPARTMENT: ApiCompartment = {
  id: 'c1',
  name: 'Back channel',
  outsidersSee: 'nothing',
  mayManage: false,
  members: [],
}

let secret: Y.Doc
let negotiation: Negotiation & { readonly dispose: () => void }
/** Whether the compartment is there. */
let setOpen: (isOpen: boolean) => void

beforeEach(() => {
  secret = new Y.Doc()
  partyRecords.put(secret, HIDDEN as PartyId, { name: 'Hidden' })
  claimRecords.put(secret, HIDDEN as ClaimId, { statement: 'Told in confidence' })
  sourceRecords.put(secret, HIDDEN as SourceId, { title: 'A cable' })
  const doc = documentOf(1, 1)
  questionRecords.put(doc, 'q' as QuestionId, {
    ...questionRecords.blank,
    about: `party/${HIDDEN as PartyId}`,
    text: 'Who is that?',
    by: 'Omar',
  })
  const [open, set] = createSignal<readonly OpenCompartment[]>([])
  const watchers = new Set<Parameters<Beside['watch']>[0]>()
  let docs: readonly Y.Doc[] = []
  const awareness = new Awareness(doc)
  setOpen = isOpen => {
    docs = isOpen ? [secret] : []
    set(isOpen ? [{ id: 'c1', doc: secret, awareness } as unknown as OpenCompartment] : [])
    for (const told of watchers) told(secret, isOpen)
  }
  negotiation = assemble({
    trackerId: 'talks' as TrackerId,
    me: { id: 'me' as AccountId, name: 'Me', colour: 1 },
    role: () => 'editor',
    doc,
    awareness,
    wire: {
      link: () => ({ at: 'live' }),
      status: () => 'saved',
      loaded: () => true,
      whenSaved: () => Promise.resolve(),
    },
    compartments: {
      known: () => ({ compartments: [COMPARTMENT], withheld: 0 }),
      refresh: () => Promise.resolve(),
      open,
      beside: {
        docs: () => docs,
        watch: told => {
          watchers.add(told)
          return () => watchers.delete(told)
        },
      },
    },
  })
  setOpen(true)
})
afterEach(() => {
  cleanup()
  negotiation.dispose()
})

const show = (about: string): void =>
  void render(() => {
    const asking = createAsking(negotiation)
    return <Questions asking={asking} about={about} />
  })
const asks = (): boolean => screen.queryByRole('button', { name: 'Ask a question…' }) !== null

test.each(['cell/i0/p0', 'issue/i0', 'party/p0', 'tracker'])('%s may be asked about', about => {
  show(about)
  expect(asks()).toBe(true)
})

test.each([`cell/i0/${HIDDEN}`, `party/${HIDDEN}`, `claim/${HIDDEN}`, `source/${HIDDEN}`])(
  '%s is in a compartment and may not, nor once that has closed',
  about => {
    show(about)
    expect(asks()).toBe(false)
    setOpen(false)
    expect(asks()).toBe(false)
  },
)

test('what was asked before it came into a compartment can be resolved, and not answered', () => {
  show(`party/${HIDDEN}`)
  expect(screen.getByText('Who is that?')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Resolve' })).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Answer…' })).toBeNull()
})

test('a question that somebody is writing goes when its cell comes into a compartment', () => {
  setOpen(false)
  show(`cell/i0/${HIDDEN}`)
  fireEvent.click(screen.getByRole('button', { name: 'Ask a question…' }))
  expect(screen.getByRole('textbox', { name: 'Question' })).toBeTruthy()
  setOpen(true)
  expect(screen.queryByRole('textbox')).toBeNull()
})
