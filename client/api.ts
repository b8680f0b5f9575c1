/** The HTTP routes as the client calls them. The schemas stay on the server: only their types come here. */
import type { ApiError } from '#shared/api.ts'

/** A refusal, in words that can be shown. `code` is the server's, or `offline` where no answer came. */
export class Refused extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

export const OFFLINE = 'The server cannot be reached. Check the connection; try again.'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

interface Body {
  readonly type: string
  readonly body: BodyInit
}

const jsonOf = (value: unknown): Body => ({ type: 'application/json', body: JSON.stringify(value) })

const ask = async (method: Method, path: string, sent?: Body): Promise<Response> => {
  const headers = { accept: 'application/json', ...(sent && { 'content-type': sent.type }) }
  let response: Response
  try {
    // What is put is small, and may be the last word of a page that goes.
    const keepalive = method === 'PUT'
    response = await fetch(path, { method, headers, keepalive, ...(sent && { body: sent.body }) })
  } catch {
    throw new Refused(0, 'offline', OFFLINE)
  }
  if (response.ok) return response
  throw await refusalOf(response)
}

export const refusalOf = async (response: Response): Promise<Refused> => {
  const answer: unknown = await response.json().catch(() => undefined)
  if (isApiError(answer)) {
    const { code, message } = answer.error
    return new Refused(response.status, code, message)
  }
  return new Refused(
    response.status,
    'unclear',
    `The server could not do this (${response.status}). Try again in a moment.`,
  )
}

const isApiError = (answer: unknown): answer is ApiError => {
  const error = (answer as { readonly error?: { readonly message?: unknown } } | null)?.error
  return typeof error?.message === 'string'
}

/** Answers are trusted to be what the route's schema says: it is the same source on both sides. */
const json = async <T>(response: Promise<Response>): Promise<T> => {
  const answer = await response
  return (answer.status === 204 ? undefined : await answer.json()) as T
}

export const api = {
  get: <T>(path: string): Promise<T> => json<T>(ask('GET', path)),
  post: <T = void>(path: string, value: unknown = {}): Promise<T> =>
    json<T>(ask('POST', path, jsonOf(value))),
  put: <T = void>(path: string, value: unknown): Promise<T> =>
    json<T>(ask('PUT', path, jsonOf(value))),
  patch: <T = void>(path: string, value: unknown): Promise<T> =>
    json<T>(ask('PATCH', path, jsonOf(value))),
  delete: <T = void>(path: string): Promise<T> => json<T>(ask('DELETE', path)),
  /** A file as it is; the server looks whether it is what it says. */
  upload: <T>(path: string, file: Blob, type: string): Promise<T> =>
    json<T>(ask('POST', path, { type, body: file })),
  /** For what is no JSON, as a snapshot's state. */
  bytes: async (
    path: string,
    received: (bytes: number, of: number | null) => void = () => undefined,
  ): Promise<Uint8Array> => bytesOf(await ask('GET', path), received),
}

/** `received` hears how much has come, and of how much where that is known. */
const bytesOf = async (
  { body, headers }: Response,
  received: (bytes: number, of: number | null) => void,
): Promise<Uint8Array> => {
  // What was compressed on its way is longer than it says.
  const length = headers.has('content-encoding') ? null : headers.get('content-length')
  const parts: Uint8Array<ArrayBuffer>[] = []
  let bytes = 0
  try {
    const reader = body?.getReader()
    let part = await reader?.read()
    while (part && !part.done) {
      parts.push(part.value)
      received((bytes += part.value.length), length === null ? null : Number(length))
      part = await reader?.read()
    }
  } catch {
    throw new Refused(0, 'offline', OFFLINE)
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer())
}

/** What went wrong, in words that can be shown. */
export const wordsOf = (error: unknown): string =>
  error instanceof Refused ? error.message : 'Something went wrong. Nothing was lost; try again.'
