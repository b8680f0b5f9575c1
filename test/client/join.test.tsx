import { MemoryRouter, Route, createMemoryHistory } from '@solidjs/router'
import { cleanup, render, screen, waitFor } from '@solidjs/testing-library'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { JoinNegotiation } from '#client/live/join.tsx'
import { useNegotiation, type Negotiation } from '#client/live/negotiation.ts'
import { refetchSession } from '#client/session.ts'
import { Toaster } from '#client/ui/toaster.tsx'
import { CLOSES, type Role } from '#shared/access.ts'
import type { ApiSession, TrackerEntry } from '#shared/api.ts'
import { createTracker, describeTracker } from '#shared/document/tracker.ts'
import type { TrackerId } from '#shared/ids.ts'
import { FakeSocket } from '#test/client/fake-socket.ts'

const ID = 'talks' as TrackerId
let role: Role | undefined
let signedIn: boolean
let server: Y.Doc
let negotiation: Negotiation
let history: ReturnType<typeof createMemoryHistory>

const entry = (role: Role): TrackerEntry => ({
  id: ID,
  title: 'Talks',
  role,
  archived: false,
  classification: '',
  createdAt: 0,
  editedAt: 0,
  people: 1,
})
const session = (): ApiSession => ({
  account: signedIn
    ? { id: 'mira', name: 'Mira', email: 'mira@example.org', colour: 1, serverRole: 'member' }
    : null,
  firstVisit: false,
})
const answers: Readonly<Record<string, () => unknown>> = {
  '/api/session': session,
  '/api/trackers': () => (role ? [entry(role)] : []),
}

const Screen = () => {
  negotiation = useNegotiation()
  return <h1>{negotiation.view.title()}</h1>
}

/** Joins, with the server's answer already there. */
const join = async (): Promise<void> => {
  history = createMemoryHistory()
  history.set({ value: `/t/${ID}` })
  render(() => (
    <>
      <MemoryRouter history={history}>
        <Route
          path="/t/:id"
          component={() => (
            <JoinNegotiation trackerId={ID}>
              <Screen />
            </JoinNegotiation>
          )}
        />
        <Route path="/sign-in" component={() => <h1>Sign in</h1>} />
      </MemoryRouter>
      <Toaster />
    </>
  ))
  await waitFor(() => expect(FakeSocket.all).toHaveLength(1))
  FakeSocket.last.greet(server)
  await screen.findByRole('heading', { name: 'Talks' })
}
const rename = (title: string): boolean =>
  negotiation.act('rename', doc => describeTracker(doc, { title }))
const drop = ({ code, reason }: { code: number; reason: string }): void =>
  FakeSocket.last.drop(code, reason)
const greetAgain = async (): Promise<void> => {
  await waitFor(() => expect(FakeSocket.all).toHaveLength(2))
  FakeSocket.last.greet(server)
}

/** jsdom knows no modal dialogs. */
HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true
}
HTMLDialogElement.prototype.close = function close() {
  this.open = false
}

beforeEach(async () => {
  role = 'editor'
  signedIn = true
  FakeSocket.all = []
  server = new Y.Doc()
  createTracker(server, 'Talks')
  vi.stubGlobal('WebSocket', FakeSocket)
  vi.stubGlobal('fetch', async (path: string) => Response.json(answers[path]?.()))
  await refetchSession()
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

test('an edit that the role no longer allows is undone on the screen, with a word, and reading goes on', async () => {
  await join()
  rename('My own title')
  await screen.findByRole('heading', { name: 'My own title' })
  role = 'viewer'
  drop(CLOSES.notAllowed)
  await greetAgain()
  await screen.findByRole('heading', { name: 'Talks' })
  expect(screen.getByText(/Your role here is Viewer now/)).toBeTruthy()
  expect(negotiation.mayEdit()).toBe(false)
  expect(rename('Again')).toBe(false)
})

test('a change that is too large is undone on a fresh document, and editing goes on', async () => {
  await join()
  rename('Far too large')
  drop(CLOSES.tooLarge)
  await greetAgain()
  await screen.findByRole('heading', { name: 'Talks' })
  expect(screen.getByText(/too large for the server/)).toBeTruthy()
  expect(rename('Smaller')).toBe(true)
})

test('one who was removed sees that there is no access, and nothing of the tracker', async () => {
  await join()
  role = undefined
  drop(CLOSES.notFound)
  await screen.findByRole('heading', { name: /no access/ })
  expect(screen.queryByRole('heading', { name: 'Talks' })).toBe(null)
})

test('signed out with nothing waiting leads to the sign-in page and back', async () => {
  await join()
  signedIn = false
  drop(CLOSES.signedOut)
  await screen.findByRole('heading', { name: 'Sign in' })
  expect(history.get()).toBe(`/sign-in?return=${encodeURIComponent(location.pathname)}`)
})

test('signed out with something waiting keeps it in the tab, and saves it after signing in', async () => {
  await join()
  rename('Kept')
  signedIn = false
  drop(CLOSES.signedOut)
  await screen.findByText('You are signed out')
  signedIn = true
  expect(screen.getByRole('heading', { name: 'Kept', hidden: true })).toBeTruthy()
  dispatchEvent(new Event('focus'))
  await greetAgain()
  await waitFor(() => expect(screen.queryByText('You are signed out')).toBe(null))
  FakeSocket.last.receive({ kind: 'saved', upTo: FakeSocket.last.synced.length })
  expect(negotiation.status()).toBe('saved')
  expect(negotiation.view.title()).toBe('Kept')
})

test('a newer role is learned when the window is come back to', async () => {
  role = 'viewer'
  await join()
  expect(negotiation.mayEdit()).toBe(false)
  role = 'editor'
  dispatchEvent(new Event('focus'))
  await waitFor(() => expect(negotiation.mayEdit()).toBe(true))
})

test('a newer role is learned as soon as the server says that there is one', async () => {
  role = 'viewer'
  await join()
  role = 'editor'
  FakeSocket.last.receive({ kind: 'rights' })
  await waitFor(() => expect(negotiation.mayEdit()).toBe(true))
})
