/** A claim is settled and graded on the screen: what is asked for, and what becomes of it. */
import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library'
import { Show } from 'solid-js'
import { afterEach, describe, expect, test } from 'vitest'
import { createAnalysts } from '#client/evidence/analysts.ts'
import { Grading } from '#client/evidence/grading.tsx'
import { StatusForm, type StepStatus } from '#client/evidence/status-form.tsx'
import { createLocalNegotiation } from '#client/live/local.ts'
import { NegotiationContext } from '#client/live/negotiation.ts'
import { isoDayOf } from '#client/ui/when.ts'
import { claimEventRecords, claimRecords } from '#shared/document/claims.ts'
import { judgementRecords } from '#shared/document/sources.ts'
import type { ClaimId } from '#shared/ids.ts'
import { documentOf } from '#test/client/matrix-harness.tsx'

afterEach(cleanup)

const C = 'c' as ClaimId

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
