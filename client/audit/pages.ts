/** The audit log as far as it has been read, newest first; another question begins anew. */
import { createEffect, createSignal, on, type Accessor } from 'solid-js'
import { wordsOf } from '#client/api.ts'
import type { AuditEntry, AuditPage } from '#shared/audit-api.ts'

export interface AuditPages {
  readonly entries: Accessor<readonly AuditEntry[]>
  readonly head: Accessor<AuditPage['head'] | undefined>
  /** Whether an answer is waited for. */
  readonly isReading: Accessor<boolean>
  readonly hasMore: Accessor<boolean>
  /** Why the last question was not answered; '' where it was. */
  readonly fault: Accessor<string>
  /** Reads on, also after a fault. */
  readonly more: () => void
}

/** `query` is without its page, which `read` is told beside it. */
export const readPages = (
  query: Accessor<string>,
  read: (query: string) => Promise<AuditPage>,
): AuditPages => {
  const [entries, setEntries] = createSignal<readonly AuditEntry[]>([])
  const [head, setHead] = createSignal<AuditPage['head']>()
  const [isReading, setReading] = createSignal(false)
  const [fault, setFault] = createSignal('')
  const [next, setNext] = createSignal<number | null>(null)
  let asked = 0
  /** The page that did not come. */
  let failed: number | null = null

  const ask = async (before: number | null): Promise<void> => {
    const mine = ++asked
    setReading(true)
    setFault('')
    const params = new URLSearchParams(query())
    if (before !== null) params.set('before', String(before))
    try {
      const page = await read(params.toString())
      if (mine !== asked) return
      setEntries(before === null ? page.entries : [...entries(), ...page.entries])
      setNext(page.next)
      setHead(page.head)
    } catch (error) {
      if (mine !== asked) return
      failed = before
      setFault(wordsOf(error))
    }
    setReading(false)
  }
  createEffect(on(query, () => void ask(null)))
  return {
    entries,
    head,
    isReading,
    hasMore: () => next() !== null,
    fault,
    more: () => {
      if (!isReading()) void ask(fault() === '' ? next() : failed)
    },
  }
}
