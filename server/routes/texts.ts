/** The texts of sources: in as files or as pasted words, out as JSON and as nothing else, so that none of it ever runs. */
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import type { CompartmentDoor } from '#server/accounts/compartment-door.ts'
import type { Compartments } from '#server/accounts/compartments.ts'
import type { Members } from '#server/accounts/members.ts'
import {
  answers,
  jsonBody,
  mayOn,
  openDoor,
  refusals,
  trackerParams,
  type TrackerEnv,
} from '#server/routes/door.ts'
import { noCompartment, Refusal } from '#server/routes/refusal.ts'
import type { Texts } from '#server/texts/texts.ts'
import { Unfit } from '#server/texts/unfit.ts'
import { compartmentRef } from '#shared/access.ts'
import { id } from '#shared/api.ts'
import type { CompartmentId, TextHash } from '#shared/ids.ts'
import { pastedText, sourceText, textTaken } from '#shared/text-api.ts'

export interface TextsRoutesDeps {
  readonly members: Members
  readonly texts: Texts
  readonly compartments: Pick<Compartments, 'holds'>
  readonly compartmentDoor: Pick<CompartmentDoor, 'noteReading'>
}

const textParams = trackerParams.extend({ hash: z.string() })
const fileHeaders = z.object({
  'x-file-name': z
    .string()
    .max(2_000)
    .optional()
    .describe('The name of the file, percent-encoded; with it the body is the file as it is'),
})

/** Of a source in a compartment that I am in: its texts are read there alone. */
const whereQuery = z.object({ compartment: id.optional() })

export const textsRoutes = ({ compartmentDoor, compartments, members, texts }: TextsRoutesDeps) => {
  const takeRoute = createRoute({
    method: 'post',
    path: '/api/trackers/{id}/texts',
    summary: 'Take in the text of a source: a file as it is, or pasted words',
    description:
      'A .txt, .md, .html, .pdf, .docx or .eml file of at most 20 MiB, or JSON. The same text again is the same text.',
    middleware: mayOn(members, 'edit'),
    request: {
      params: trackerParams,
      query: whereQuery,
      headers: fileHeaders,
      body: {
        content: {
          ...jsonBody(pastedText).content,
          'application/octet-stream': { schema: z.string().meta({ format: 'binary' }) },
        },
      },
    },
    responses: {
      201: answers(textTaken, 'It is kept under this hash'),
      ...refusals(400, 401, 403, 404, 413, 415, 503),
    },
  })

  const readRoute = createRoute({
    method: 'get',
    path: '/api/trackers/{id}/texts/{hash}',
    summary: 'A text as it was taken in',
    middleware: mayOn(members, 'read'),
    request: { params: textParams, query: whereQuery },
    responses: { 200: answers(sourceText, 'The text'), ...refusals(400, 401, 404) },
  })

  const within = async (
    {
      account,
      asking,
      trackerId,
    }: Pick<TrackerEnv['Variables'], 'account' | 'asking' | 'trackerId'>,
    compartment: string | undefined,
  ): Promise<CompartmentId | undefined> => {
    if (compartment === undefined) return undefined
    const into = compartment as CompartmentId
    if (!(await compartments.holds(trackerId, into, account.id))) throw noCompartment()
    const ref = compartmentRef(trackerId, into)
    await compartmentDoor.noteReading(ref, account, asking.address)
    return into
  }

  return openDoor()
    .openapi(takeRoute, async c => {
      const { account, trackerId } = c.var
      const { 'x-file-name': name } = c.req.valid('header')
      const into = await within(c.var, c.req.valid('query').compartment)
      const mediaType = c.req.header('content-type') ?? ''
      if (name === undefined) {
        if (!/^application\/json(;|$)/i.test(mediaType))
          throw new Refusal(
            415,
            'wrong_type',
            'Send a file with its name in x-file-name, or the words as application/json.',
          )
        const { text } = c.req.valid('json') as z.infer<typeof pastedText>
        return c.json(await fit(texts.paste(trackerId, account.id, text, into)), 201)
      }
      const bytes = new Uint8Array(await c.req.arrayBuffer())
      const file = { name: decodedName(name), mediaType, bytes }
      return c.json(await fit(texts.readFile(trackerId, account.id, file, into)), 201)
    })
    .openapi(readRoute, async c => {
      const from = await within(c.var, c.req.valid('query').compartment)
      const hash = c.req.valid('param').hash as TextHash
      const text = await texts.find(c.var.trackerId, hash, from)
      if (!text)
        throw new Refusal(
          404,
          'no_text',
          'This tracker has no such text. It may not have come along with an import: take it in again.',
        )
      return c.json(text, 200)
    })
}

const fit = async <Value>(taking: Promise<Value>): Promise<Value> => {
  try {
    return await taking
  } catch (error) {
    if (!(error instanceof Unfit)) throw error
    throw new Refusal(error.code === 'no_room' ? 413 : 400, error.code, error.message)
  }
}

const decodedName = (name: string): string => {
  try {
    return decodeURIComponent(name)
  } catch {
    throw new Refusal(400, 'invalid', 'x-file-name: the name is not percent-encoded')
  }
}
