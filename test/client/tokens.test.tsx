/** Tokens on the screen: what is asked for is what was chosen, and a token is shown once. */
import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import ServicesView from '#client/tokens/services-view.tsx'
import TokensView from '#client/tokens/tokens-view.tsx'
import type { ApiToken, NewToken, ServiceAccount } from '#shared/tokens-api.ts'

const NOW = Date.parse('2026-11-18T09:00:00Z')
const DAY = 24 * 3_600_000

let tokens: ApiToken[]
let asked: NewToken | undefined

const service = (): ServiceAccount => ({
  accountId: 'importer',
  name: 'Importer',
  createdAt: NOW,
  trackers: 1,
  tokens,
})
const answerTo = (method: string, path: string, body: unknown): Response => {
  if (path === '/api/trackers') return Response.json([{ id: 'talks', title: 'Talks' }])
  if (path === '/api/service-accounts') return Response.json([service()])
  if (path === '/api/account/security') return Response.json({ hasPassword: true })
  if (method === 'GET') return Response.json(tokens)
  if (method === 'DELETE') {
    tokens = []
    return new Response(null, { status: 204 })
  }
  asked = body as NewToken
  const { actions, name, trackerIds } = asked
  const made = { id: 'made', createdAt: NOW, expiresAt: NOW + DAY, lastUsedAt: null }
  tokens = [{ ...made, name, actions, trackerIds, lastUsedFrom: null }]
  return Response.json({ id: 'made', token: 'parley_secret' }, { status: 201 })
}

beforeEach(() => {
  tokens = []
  asked = undefined
  vi.spyOn(Date, 'now').mockReturnValue(NOW)
  vi.stubGlobal('fetch', async (path: string, { body, method }: RequestInit) =>
    answerTo(method ?? 'GET', path, typeof body === 'string' ? JSON.parse(body) : undefined),
  )
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

const press = async (name: string | RegExp) =>
  fireEvent.click(await screen.findByRole('button', { name }))
const nameIt = (value: string): void => {
  fireEvent.input(screen.getByLabelText('Name'), { target: { value } })
}

test('a token for some trackers is made as chosen, shown once, and revoked', async () => {
  render(() => <TokensView />)
  await press('Make a token')
  nameIt('Nightly')
  fireEvent.click(screen.getByLabelText('Edit'))
  fireEvent.click(screen.getByLabelText(/^In all trackers/))
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Make the token' }).disabled).toBe(
    true,
  )
  fireEvent.click(await screen.findByLabelText('Talks'))
  fireEvent.change(screen.getByLabelText('Ends'), { target: { value: '7' } })
  fireEvent.input(await screen.findByLabelText('Present password'), { target: { value: 'mine' } })
  await press('Make the token')
  expect(await screen.findByDisplayValue('parley_secret')).toBeTruthy()
  expect(asked).toEqual({
    name: 'Nightly',
    actions: ['read', 'edit'],
    trackerIds: ['talks'],
    expiresAt: NOW + 7 * DAY,
    password: 'mine',
  })
  await screen.findByText('Read, edit · in one tracker · until 19 Nov · never used')
  await press('Revoke the token “Nightly”')
  await screen.findByRole('button', { name: 'Make a token' })
  expect(screen.queryByDisplayValue('parley_secret')).toBeNull()
})

test('what was made for a service account stays on the screen when the list comes anew', async () => {
  render(() => <ServicesView />)
  await press('Make a token')
  nameIt('Import')
  await press('Make the token')
  await screen.findByText(/^Read · in all trackers/)
  expect(screen.getByDisplayValue('parley_secret')).toBeTruthy()
  expect(screen.getByText('In one tracker')).toBeTruthy()
})
