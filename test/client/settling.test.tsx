/** A claim is settled and graded on the screen: what is asked for, and what becomes of it. */
import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library'
import { Show } from 'solid-js'
import { afterEach, describe, expect, test, vi } from 'vitest'
import BoardView from '#client/evidence/board-view.tsx'
import { SourceText } from '#client/evidence/source-text.tsx'
import { createAnalysts } from '#client/evidence/analysts.ts'
import type { EvidenceAddress } from '#client/evidence/address.ts'
import { Grading } from '#client/evidence/grading.tsx'
import { StatusForm, type StepStatus } from '#client/evidence/status-form.tsx'
import { NewClaim } from '#client/matrix/panel/new-claim.tsx'
import { createLocalNegotiation } from '#client/live/local.ts'
import { NegotiationContext } from '#client/live/negotiation.ts'
import { isoDayOf } from '#client/ui/when.ts'
import { citationRecords, claimEventRecords, claimRecords } from '#shared/document/claims.ts'
import { setStatus } from '#shared/document/evidence.ts'
import {
  excerptRecords,
  judgementRecords,
  sourceRecords,
  tensionRecords,
} from '#shared/document/sources.ts'
import type {
  AccountId,
  ClaimEventId,
  ClaimId,
  ExcerptId,
  SourceId,
  TextHash,
} from '#shared/ids.ts'
import { documentOf, issueId, partyId } from '#test/client/matrix-harness.tsx'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const C = 'c' as ClaimId

const ADDRESS: EvidenceAddress = {
  place: () => ({}),
  go: () => {},
  narrow: () => {},
  toSource: () => {},
  toClaim: () => {},
}

const settling = (status: StepStatus) => {
  const doc = documentOf(1, 1)
  claimRecords.put(doc, C, { statement: 'It is so' })
  const negotiation = createLocalNegotiation(doc)
  render(() => (
    <NegotiationContext.Provider value={negotiation}>
      <Show when={negotiation.view.claim(C)}>
        {claim => <StatusForm claim={claim()} status={status} onDone={() => {}} />}
      </Show>
    </NegotiationContext.Provider>
  ))
  return doc
}
const submit = (): void => {
  const form = document.querySelector('form')
  if (form) fireEvent.submit(form)
}
const fill = (label: RegExp, value: string): void =>
  void fireEvent.input(screen.getByLabelText(label), { target: { value } })

describe('a claim is settled', () => {
  test('only with a reason, and says so', () => {
    const doc = settling('confirmed')
    fill(/^By whom/, '  ')
    submit()
    expect(screen.getByRole('alert').textContent).toMatch(/^Say why/)
    expect(document.activeElement).toBe(screen.getByLabelText(/^By whom/))
    expect(claimEventRecords.all(doc)).toEqual([])
    fill(/^By whom/, 'The minister, by name')
    submit()
    expect(claimEventRecords.all(doc)).toMatchObject([
      { status: 'confirmed', reason: 'The minister, by name' },
    ])
  })

  test('superseded only by a claim that takes its place', () => {
    const doc = settling('superseded')
    fill(/^What has changed/, 'A later report')
    submit()
    expect(screen.getByRole('alert').textContent).toBe('Choose the claim that takes its place.')
    expect(claimRecords.read(doc, C)?.status).toBe('reported')
  })

  test('denied by somebody, in words and with an attribution', () => {
    const doc = settling('denied')
    fill(/^What the denial says/, 'Nothing of the kind')
    fill(/^How do we know/, 'On the ministry’s page')
    submit()
    expect(screen.getByRole('alert').textContent).toBe('Say who denies it.')
    expect(claimRecords.read(doc, C)?.status).toBe('reported')
    fill(/^Who denies it/, 'the ministry')
    fireEvent.click(screen.getByRole('radio', { name: 'official statement' }))
    submit()
    expect(claimRecords.all(doc).find(({ id }) => id !== C)).toMatchObject({
      statement: 'Nothing of the kind',
      speaker: 'the ministry',
      attribution: 'official_statement',
      deniesClaimId: C,
    })
    expect(claimRecords.read(doc, C)?.status).toBe('denied')
  })
})

test('what another settles while somebody writes of it stays on the board until they are done', () => {
  vi.stubGlobal('fetch', async () => Response.json([]))
  const doc = documentOf(1, 1)
  claimRecords.put(doc, C, { statement: 'It is so' })
  render(() => (
    <NegotiationContext.Provider value={createLocalNegotiation(doc)}>
      <BoardView address={ADDRESS} jump={() => {}} />
    </NegotiationContext.Provider>
  ))
  fireEvent.click(screen.getByRole('button', { name: 'Deny' }))
  fill(/^What the denial says/, 'Nothing of the kind')
  setStatus(doc, {
    ...claimEventRecords.blank,
    id: 'e' as ClaimEventId,
    claimId: C,
    status: 'confirmed',
    by: 'omar' as AccountId,
  })
  expect(screen.getByLabelText<HTMLTextAreaElement>(/^What the denial says/).value).toBe(
    'Nothing of the kind',
  )
  expect(screen.getByText('Confirmed')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Cancel' }))
  expect(screen.queryByText('It is so')).toBe(null)
})

describe('words of a text', () => {
  const S = 's' as SourceId
  const TEXTS: Readonly<Record<string, string>> = {
    before: 'Talks on Monday.',
    after: 'Corrected: talks on Tuesday.',
  }

  const reading = async () => {
    Range.prototype.getClientRects ??= () => [] as never
    HTMLDialogElement.prototype.showModal ??= () => {}
    HTMLDialogElement.prototype.close ??= () => {}
    vi.stubGlobal('fetch', async (path: string) => {
      const hash = path.split('/').at(-1) ?? ''
      return Response.json({
        hash,
        name: '',
        text: TEXTS[hash],
        by: { id: 'me', name: 'Me' },
        at: 0,
        redactedAt: null,
      })
    })
    const doc = documentOf(1, 1)
    sourceRecords.put(doc, S, {
      title: 'Wire',
      publishedAt: '2026-02-03',
      textHash: 'before' as TextHash,
    })
    const negotiation = createLocalNegotiation(doc)
    render(() => (
      <NegotiationContext.Provider value={negotiation}>
        <Show when={negotiation.view.source(S)}>
          {source => <SourceText source={source()} address={ADDRESS} />}
        </Show>
      </NegotiationContext.Provider>
    ))
    const reader = await screen.findByRole('document')
    getSelection()?.selectAllChildren(reader)
    document.dispatchEvent(new Event('selectionchange'))
    return { doc, reader }
  }

  test('stay in hand while another takes in a corrected text, and what is made of them rests on them', async () => {
    const { doc, reader } = await reading()
    fireEvent.keyDown(reader, { key: 'c', code: 'KeyC' })
    fill(/^What is claimed/, 'They talk on Monday')
    for (const [label, value] of [
      [/^Who said it/, 'the envoy'],
      [/^As$/, 'for the ministry'],
    ] as const) {
      fill(label, value)
      fireEvent.blur(screen.getByLabelText(label))
    }
    sourceRecords.set(doc, S, { textHash: 'after' as TextHash })
    await screen.findByText(
      'The text was corrected meanwhile, and these words are no longer in it.',
    )
    expect(screen.getByLabelText<HTMLTextAreaElement>(/^What is claimed/).value).toBe(
      'They talk on Monday',
    )
    submit()
    expect(claimRecords.all(doc)).toMatchObject([
      {
        statement: 'They talk on Monday',
        speaker: 'the envoy',
        capacity: 'for the ministry',
        // When it was published is not when it was said.
        saidAt: '',
      },
    ])
    expect(excerptRecords.all(doc)).toMatchObject([{ exact: TEXTS['before'], textHash: 'before' }])
    expect(citationRecords.all(doc)).toHaveLength(1)
  })

  test.each([
    ['Persian', 'ث', 'KeyE', 1],
    ['Hebrew', 'ק', 'KeyE', 1],
    ['another Latin one', '.', 'KeyE', 0],
  ])('become an excerpt by the key where E is, on %s keyboard', async (_, key, code, made) => {
    const { doc, reader } = await reading()
    fireEvent.keyDown(reader, { key, code })
    expect(excerptRecords.all(doc)).toHaveLength(made)
  })

  test('are marked as in tension with the same others only once', async () => {
    const { doc } = await reading()
    for (const id of ['x', 'y'] as ExcerptId[])
      excerptRecords.put(doc, id, { sourceId: S, exact: id })
    for (let times = 0; times < 2; times++) {
      for (const box of screen.getAllByRole('checkbox')) fireEvent.click(box)
      fireEvent.submit(document.querySelector('.tension-form') as Element)
    }
    expect(screen.getByText(/in tension already/)).toBeTruthy()
    expect(tensionRecords.all(doc)).toHaveLength(1)
  })
})

test('a claim that is added to a cell says who said it, how and when, and is graded by an act', () => {
  const doc = documentOf(1, 1)
  render(() => (
    <NegotiationContext.Provider value={createLocalNegotiation(doc)}>
      <NewClaim issueId={issueId(0)} partyId={partyId(0)} onDone={() => {}} />
    </NegotiationContext.Provider>
  ))
  fill(/^What was said/, 'Talks on Monday')
  fireEvent.click(screen.getByRole('radio', { name: '3' }))
  expect(screen.getByText('More: media report')).toBeTruthy()
  fireEvent.click(screen.getByRole('radio', { name: 'named official', hidden: true }))
  for (const [label, value] of [
    [/^Reason for the grade/, 'One wire'],
    [/^Who said it$/, 'the envoy'],
    [/^Hedges/, 'reportedly'],
    [/^Said$/, '2026-02-03'],
  ] as const) {
    fill(label, value)
    fireEvent.blur(screen.getByLabelText(label))
  }
  submit()
  const [claim] = claimRecords.all(doc)
  expect(claim).toMatchObject({
    attribution: 'named_official',
    speaker: 'the envoy',
    hedges: 'reportedly',
    saidAt: '2026-02-03',
    learnedAt: isoDayOf(Date.now()),
    credibility: 3,
  })
  expect(judgementRecords.all(doc)).toMatchObject([
    { about: 'claim', subjectId: claim?.id, grade: '3', reason: 'One wire', isTeam: true },
  ])
})

test('a grade is given with a reason, for oneself as for the team', () => {
  const doc = documentOf(1, 1)
  claimRecords.put(doc, C, { statement: 'It is so' })
  const Shown = () => (
    <Grading
      about="claim"
      subjectId={C}
      grade={String(claimRecords.read(doc, C)?.credibility)}
      reason=""
      analysts={createAnalysts()}
    />
  )
  render(() => (
    <NegotiationContext.Provider value={createLocalNegotiation(doc)}>
      <Shown />
    </NegotiationContext.Provider>
  ))
  fireEvent.click(screen.getByRole('button', { name: 'Grade it' }))
  for (const name of ['Record as mine', 'Settle for the team']) {
    fireEvent.click(screen.getByRole('button', { name }))
    expect(screen.getByRole('alert').textContent).toMatch(/^Say why/)
    expect(judgementRecords.all(doc)).toEqual([])
  }
  fill(/^Reason for the grade/, 'One wire')
  fireEvent.click(screen.getByRole('button', { name: 'Settle for the team' }))
  expect(judgementRecords.all(doc)).toMatchObject([{ isTeam: true, reason: 'One wire' }])
})

test('the day on which something is learned is that of whoever writes', () => {
  const at = Date.UTC(2026, 1, 3, 22, 30)
  expect(isoDayOf(at, 'Asia/Tehran')).toBe('2026-02-04')
  expect(isoDayOf(at, 'America/New_York')).toBe('2026-02-03')
})
