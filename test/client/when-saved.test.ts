import { createSignal } from 'solid-js'
import { expect, test } from 'vitest'
import { whenSaved } from '#client/history/when-saved.ts'
import type { Link } from '#client/live/negotiation.ts'

test('waits until my work is saved', async () => {
  await whenSaved({ link: () => ({ at: 'live' }), whenSaved: () => Promise.resolve() })
})

test('gives up where the server will not take it', async () => {
  const refused = Promise.reject(new Error('too large'))
  const waiting = whenSaved({ link: () => ({ at: 'live' }), whenSaved: () => refused })
  await expect(waiting).rejects.toThrow('too large')
})

test('gives up where the connection is lost, and says that nothing else is', async () => {
  const [link, setLink] = createSignal<Link>({ at: 'live' })
  const waiting = whenSaved({ link, whenSaved: () => new Promise(() => undefined) })
  setLink({ at: 'offline' })
  await expect(waiting).rejects.toThrow('What you wrote here is kept')
})
