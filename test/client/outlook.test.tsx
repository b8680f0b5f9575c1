/** Likelihoods on the screen: a word or a number, in one row of words; confidence apart from them. */
import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library'
import { Show } from 'solid-js'
import { afterEach, expect, test } from 'vitest'
import { createLocalNegotiation } from '#client/live/local.ts'
import { NegotiationContext } from '#client/live/negotiation.ts'
import { ScenarioCard } from '#client/outlook/scenario-card.tsx'
import { scenarioRecords } from '#shared/document/outlook.ts'
import { addScenario } from '#shared/document/scenarios.ts'
import { setLikelihoodRow } from '#shared/document/tracker.ts'
import type { ScenarioId } from '#shared/ids.ts'
import { LIKELIHOODS } from '#shared/likelihoods.ts'
import { documentOf } from '#test/client/matrix-harness.tsx'

afterEach(cleanup)

const ID = 's' as ScenarioId

const shown = (role: 'editor' | 'viewer') => {
  const doc = documentOf(1, 1)
  addScenario(doc, ID, { title: 'Inspectors are let in', likelihood: 60, confidence: 'low' })
  const negotiation = createLocalNegotiation(doc, undefined, role)
  const Card = () => {
    return (
      <Show when={negotiation.view.record(scenarioRecords, ID)}>
        {scenario => <ScenarioCard scenario={scenario()} open onToggle={() => {}} />}
      </Show>
    )
  }
  render(() => (
    <NegotiationContext.Provider value={negotiation}>
      <Card />
    </NegotiationContext.Provider>
  ))
  return { doc, stored: () => scenarioRecords.read(doc, ID)?.likelihood }
}
const words = (): string => document.body.textContent ?? ''
const type = (typed: string): void => {
  const field = screen.getByRole('textbox', { name: 'In percent' })
  fireEvent.focus(field)
  fireEvent.input(field, { target: { value: typed } })
  fireEvent.blur(field)
}

test('a word stands for the middle of its range, and again for nothing', () => {
  const { stored } = shown('editor')
  fireEvent.click(screen.getByRole('button', { name: /^very unlikely/ }))
  expect(stored()).toBe(13)
  expect(screen.getByRole('button', { name: /^very unlikely/ }).ariaPressed).toBe('true')
  fireEvent.click(screen.getByRole('button', { name: /^very unlikely/ }))
  expect(stored()).toBe(null)
})

test('a number gives its word; one without a word is refused, and what stood there stays', () => {
  const { stored } = shown('editor')
  type('80')
  expect(stored()).toBe(80)
  expect(document.querySelector('.likelihood')?.textContent).toContain('very likely 80–95 %')
  for (const typed of ['100', '0', 'likely']) {
    type(typed)
    expect(stored(), typed).toBe(80)
    expect(screen.getByRole('alert').textContent).toContain('from 1 to 99')
  }
  type('')
  expect(stored()).toBe(null)
})

test('the words are of one row, whatever the tracker’s row was before', () => {
  const { doc } = shown('editor')
  for (const row of ['probable', 'likely'] as const) {
    setLikelihoodRow(doc, row)
    const offered = screen
      .getAllByRole('button')
      .filter(button => button.classList.contains('likelihood-word'))
      .map(button => button.firstChild?.textContent)
    expect(offered).toEqual(LIKELIHOODS.map(step => step[row]))
  }
})

test('whoever may only read sees the word with its numbers, and the confidence elsewhere', () => {
  shown('viewer')
  expect(screen.queryByRole('textbox')).toBe(null)
  const said = document.querySelector('.likelihood')
  expect(said?.textContent).toBe('likely 55–80 % · judged at 60 %')
  expect(said?.textContent).not.toMatch(/confidence|low/i)
  expect(words()).toContain('Our confidence')
})
