import { expect, test, vi } from 'vitest'
import type { Refused } from '#client/api.ts'
import { uploadText } from '#client/evidence/texts.ts'

/** A request that goes nowhere and is answered by hand. */
class FakeRequest extends EventTarget {
  static latest: FakeRequest
  readonly upload = new EventTarget()
  readonly headers = new Map<string, string>()
  status = 0
  responseText = ''
  target = ''
  body: unknown
  constructor() {
    super()
    FakeRequest.latest = this
  }
  open(method: string, path: string): void {
    this.target = `${method} ${path}`
  }
  setRequestHeader(name: string, value: string): void {
    this.headers.set(name, value)
  }
  send(body: unknown): void {
    this.body = body
  }
  abort(): void {
    this.dispatchEvent(new Event('abort'))
  }
  progress(loaded: number, total: number): void {
    this.upload.dispatchEvent(new ProgressEvent('progress', { loaded, total }))
  }
  answer(status: number, body: unknown): void {
    this.status = status
    this.responseText = typeof body === 'string' ? body : JSON.stringify(body)
    this.dispatchEvent(new Event('load'))
  }
}

vi.stubGlobal('XMLHttpRequest', FakeRequest)

const file = (name = 'گزارش.pdf', bytes = 4) =>
  new File([new Uint8Array(bytes)], name, { type: 'application/pdf' })
const refusal = (done: Promise<unknown>) =>
  done.then(
    () => expect.fail('was taken'),
    (error: unknown) => error as Refused,
  )

const AT = { trackerId: 't1', compartment: undefined }

test('a file goes as it is, under its name, and tells how much has left', async () => {
  const shares: number[] = []
  const sent = file()
  const { done } = uploadText(AT, sent, share => shares.push(share))
  const request = FakeRequest.latest
  expect(request.target).toBe('POST /api/trackers/t1/texts')
  expect(decodeURIComponent(request.headers.get('x-file-name') ?? '')).toBe('گزارش.pdf')
  expect(request.body).toBe(sent)
  request.progress(1, 4)
  request.progress(4, 4)
  const taken = { hash: 'a'.repeat(64), length: 3, kind: 'pdf', name: 'گزارش.pdf', at: 1 }
  request.answer(201, taken)
  expect(await done).toEqual(taken)
  expect(shares).toEqual([0.25, 1])
})

test('a refusal comes in the server’s words, an answer of something else in our own', async () => {
  const first = uploadText(AT, file())
  FakeRequest.latest.answer(400, { error: { code: 'locked', message: 'Locked.' } })
  expect(await refusal(first.done)).toMatchObject({
    status: 400,
    code: 'locked',
    message: 'Locked.',
  })
  const second = uploadText(AT, file())
  FakeRequest.latest.answer(502, '<html>Bad gateway')
  expect(await refusal(second.done)).toMatchObject({ status: 502, code: 'unclear' })
  const third = uploadText(AT, file())
  FakeRequest.latest.dispatchEvent(new Event('error'))
  expect(await refusal(third.done)).toMatchObject({ code: 'offline' })
})

test('it can be called off', async () => {
  const { abort, done } = uploadText(AT, file())
  abort()
  expect(await refusal(done)).toMatchObject({ code: 'aborted' })
})

test('what the server would refuse is not sent', async () => {
  const large = file()
  Object.defineProperty(large, 'size', { value: 20 * 1_024 * 1_024 + 1 })
  const before = FakeRequest.latest
  expect(await refusal(uploadText(AT, large).done)).toMatchObject({ code: 'too_large' })
  expect(await refusal(uploadText(AT, file('a.xlsx')).done)).toMatchObject({
    code: 'unknown_kind',
  })
  expect(FakeRequest.latest).toBe(before)
})
