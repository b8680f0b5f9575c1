/** The texts of sources, to the server and back. */
import { api, OFFLINE, Refused, refusalOf } from '#client/api.ts'
import type { TextHash } from '#shared/ids.ts'
import type { SourceText, TextTaken } from '#shared/text-api.ts'
import { fileKindOf, MAX_FILE_BYTES, UNFIT_WORDS, type UnfitCode } from '#shared/texts.ts'

/** Where texts are: those of a source in a compartment are in it. */
export interface TextsAt {
  readonly trackerId: string
  readonly compartment: string | undefined
}

const textsOf = ({ compartment, trackerId }: TextsAt, rest = ''): string =>
  `/api/trackers/${trackerId}/texts${rest}${compartment === undefined ? '' : `?compartment=${compartment}`}`

/** A file on its way. */
export interface Upload {
  /** Rejects with a `Refused`, its code `aborted` where it was called off. */
  readonly done: Promise<TextTaken>
  readonly abort: () => void
}

/** `sent` hears which share of the file, from 0 to 1, has left; at 1 the server reads it, which may take seconds. */
export const uploadText = (
  at: TextsAt,
  file: File,
  sent: (share: number) => void = () => undefined,
): Upload => {
  if (!fileKindOf(file.name, file.type)) return refused('unknown_kind')
  if (file.size > MAX_FILE_BYTES) return refused('too_large')
  // `fetch` does not tell how much has left.
  const request = new XMLHttpRequest()
  const done = new Promise<TextTaken>((resolve, reject) => {
    request.addEventListener('load', () => {
      const { responseText, status } = request
      if (status === 201) resolve(JSON.parse(responseText) as TextTaken)
      else void refusalOf(new Response(responseText, { status })).then(reject)
    })
    request.addEventListener('error', () => reject(new Refused(0, 'offline', OFFLINE)))
    request.addEventListener('abort', () => reject(new Refused(0, 'aborted', 'Called off.')))
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      sent(total > 0 ? loaded / total : 1),
    )
  })
  request.open('POST', textsOf(at))
  request.setRequestHeader('accept', 'application/json')
  request.setRequestHeader('content-type', file.type || 'application/octet-stream')
  request.setRequestHeader('x-file-name', encodeURIComponent(file.name.toWellFormed()))
  request.send(file)
  return { done, abort: () => request.abort() }
}

const refused = (code: UnfitCode): Upload => ({
  done: Promise.reject(new Refused(0, code, UNFIT_WORDS[code])),
  abort: () => undefined,
})

export const pasteText = (at: TextsAt, text: string): Promise<TextTaken> =>
  api.post<TextTaken>(textsOf(at), { text })

/** Asked for anew each time: what is read may have been redacted since. */
export const readText = async (at: TextsAt, hash: TextHash): Promise<SourceText> => {
  const path = `/${encodeURIComponent(hash)}`
  try {
    return await api.get<SourceText>(textsOf(at, path))
  } catch (error) {
    // Another source that everybody sees has the same text.
    if (at.compartment === undefined || !(error instanceof Refused && error.status === 404))
      throw error
    return api.get<SourceText>(textsOf({ ...at, compartment: undefined }, path))
  }
}
