import { MemoryRouter, Route, createMemoryHistory } from '@solidjs/router'
import { cleanup, fireEvent, render, screen, waitFor, within } from '@solidjs/testing-library'
import { afterEach, beforeEach, describe, expect, test, vi, type Mock } from 'vitest'
import * as Y from 'yjs'
import { JoinNegotiation } from '#client/live/join.tsx'
import { useNegotiation, type Negotiation } from '#client/live/negotiation.ts'
import { refetchSession } from '#client/session.ts'
import { Toaster } from '#client/ui/toaster.tsx'
import { CLOSES, type Role } from '#shared/access.ts'
import type { ApiSession, TrackerEntry } from '#shared/api.ts'
import type { ApiCompartment, ApiCompartments } from '#shared/compartment-api.ts'
import { setPosition } from '#shared/document/cells.ts'
import { addIssue } from '#shared/document/issues.ts'
import { addParty, partyRecords } from '#shared/document/parties.ts'
import { createTracker, describeTracker } from '#shared/document/tracker.ts'
import type { IssueId, PartyId, TrackerId } from '#shared/ids.ts'
import { FakeSocket } from '#test/client/fake-socket.ts'

const ID = 'talks' as TrackerId
let role: Role | undefined
let signedIn: boolean
let compartments: ApiCompartments['compartments']
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
  [`/api/trackers/${ID}/compartments`]: (): ApiCompartments => ({ compartments, withheld: 0 }),
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
  compartments = []
  FakeSocket.all = []
  server = new Y.Doc()
  createTracker(server, 'Talks')
  vi.stubGlobal('WebSocket', FakeSocket)
  vi.stubGlobal('fetch', async (path: string) => Response.json(answers[path]?.()))
  await refetchSession()
})
afterEach(() => {
  // What is a warning stays until it is closed.
  for (const button of document.querySelectorAll('.toast-close')) fireEvent.click(button)
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

describe('words that the server does not take', () => {
  const [ISSUE, PARTY, HIDDEN] = ['i0', 'p0', 'hidden'] as [IssueId, PartyId, PartyId]
  const BACK_CHANNEL: ApiCompartment = {
    id: 'c1',
    name: 'Back channel',
    outsidersSee: 'nothing',
    mayManage: false,
    members: [],
  }
  let writeText: Mock<(text: string) => Promise<void>>

  beforeEach(() => {
    addIssue(server, ISSUE, { title: 'Venue', basketId: null })
    addParty(server, PARTY, { name: 'Iran' })
    writeText = vi.fn<(text: string) => Promise<void>>(() => Promise.resolve())
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } })
  })
  afterEach(() => Reflect.deleteProperty(navigator, 'clipboard'))

  const write = (partyId: PartyId, words: string): boolean =>
    negotiation.act('write', doc => setPosition(doc, ISSUE, partyId, words))
  const noticeOf = async (words: RegExp): Promise<HTMLElement> => {
    const notice = (await screen.findByText(words)).closest<HTMLElement>('.toast')
    return notice ?? expect.fail('it is in no notice')
  }
  const copy = (notice: HTMLElement): boolean =>
    fireEvent.click(within(notice).getByRole('button', { name: 'Copy my text' }))

  /** Joins, with a compartment that has a column of its own. */
  const joinBoth = async (): Promise<FakeSocket> => {
    compartments = [BACK_CHANNEL]
    await join()
    await waitFor(() => expect(FakeSocket.all).toHaveLength(2))
    const secret = new Y.Doc()
    partyRecords.put(secret, HIDDEN, { name: 'The envoy' })
    const socket = FakeSocket.last
    socket.greet(secret)
    await waitFor(() => expect(negotiation.view.party(HIDDEN)).toBeDefined())
    return socket
  }

  test('go with their notice only once they are on the clipboard', async () => {
    await join()
    write(PARTY, 'Only Oman')
    let done = (): void => undefined
    writeText.mockImplementation(() => new Promise(resolve => (done = resolve)))
    drop(CLOSES.tooLarge)
    const notice = await noticeOf(/too large for the server/)
    copy(notice)
    expect(writeText).toHaveBeenCalledWith('Venue, Iran\nOnly Oman')
    await Promise.resolve()
    expect(notice.isConnected).toBe(true)
    done()
    await waitFor(() => expect(notice.isConnected).toBe(false))
  })

  test('stay where the browser does not allow copying', async () => {
    await join()
    write(PARTY, 'Only Oman')
    writeText.mockRejectedValue(new Error('not allowed'))
    drop(CLOSES.tooLarge)
    const notice = await noticeOf(/too large for the server/)
    copy(notice)
    await within(notice).findByText(/did not allow copying/)
    expect(within(notice).getByText(/Only Oman/)).toBeTruthy()
  })

  test('of a compartment are handed back with its name when it refuses them', async () => {
    const socket = await joinBoth()
    write(HIDDEN, 'Oman will do')
    socket.drop(CLOSES.notAllowed.code, CLOSES.notAllowed.reason)
    const notice = await noticeOf(/in the compartment “Back channel”.*Your role does not allow/)
    expect(notice.querySelector('blockquote')?.textContent).toBe('Venue, The envoy\nOman will do')
    expect(negotiation.view.party(HIDDEN)).toBeUndefined()
    copy(notice)
    await waitFor(() => expect(notice.isConnected).toBe(false))
    expect(writeText).toHaveBeenCalledWith('Venue, The envoy\nOman will do')
  })

  test('of a compartment are handed back to who was put out of it', async () => {
    await joinBoth()
    write(HIDDEN, 'Oman will do')
    compartments = []
    dispatchEvent(new Event('focus'))
    const notice = await noticeOf(/“Back channel”.*You are no longer in it/)
    expect(notice.querySelector('blockquote')?.textContent).toMatch(/Oman will do$/)
  })

  test('are not spoken of where all of a compartment was saved', async () => {
    const socket = await joinBoth()
    write(HIDDEN, 'Oman will do')
    socket.receive({ kind: 'saved', upTo: socket.synced.length })
    socket.drop(CLOSES.notFound.code, CLOSES.notFound.reason)
    await waitFor(() => expect(negotiation.view.party(HIDDEN)).toBeUndefined())
    expect(screen.queryByText(/Back channel/)).toBeNull()
  })
})
