/** Questions about what changed: asking one, answering it, and putting it out of the way. All read them in the document. */
import { createRoute } from '@hono/zod-openapi'
import type * as Y from 'yjs'
import { z } from 'zod'
import type { Account } from '#server/accounts/accounts.ts'
import type { Members } from '#server/accounts/members.ts'
import type { Matrices } from '#server/history/matrices.ts'
import { answers, jsonBody, mayOn, openDoor, refusals, trackerParams } from '#server/routes/door.ts'
import { Refusal } from '#server/routes/refusal.ts'
import { newQuestion, question, questionChange } from '#shared/brief-api.ts'
import { everExisted } from '#shared/document/existed.ts'
import { questionRecords } from '#shared/document/questions.ts'
import type { ItemAddress } from '#shared/history/touched.ts'
import { newId, type QuestionId, type TrackerId } from '#shared/ids.ts'
import { isOpen, MAX_OPEN_QUESTIONS, type Question } from '#shared/questions.ts'

export interface QuestionsDeps {
  readonly members: Members
  readonly matrices: Matrices
  readonly now: () => number
}

const questionParams = trackerParams.extend({ questionId: z.string() })

export const questionsRoutes = ({ matrices, members, now }: QuestionsDeps) => {
  const askRoute = createRoute({
    method: 'post',
    path: '/api/trackers/{id}/questions',
    summary: 'Ask about something that changed, in my own name',
    middleware: mayOn(members, 'discuss'),
    request: { params: trackerParams, body: jsonBody(newQuestion) },
    responses: {
      201: answers(question, 'Asked'),
      ...refusals(400, 401, 403, 404, 409, 413, 415, 503),
    },
  })

  const changeRoute = createRoute({
    method: 'patch',
    path: '/api/trackers/{id}/questions/{questionId}',
    summary: 'Answer a question, resolve it, or open it again',
    middleware: mayOn(members, 'discuss'),
    request: { params: questionParams, body: jsonBody(questionChange) },
    responses: {
      200: answers(question, 'The question as it is now'),
      ...refusals(400, 401, 403, 404, 409, 413, 415, 503),
    },
  })

  /** Written in the account's name; answers what stands there then. */
  const write = async (
    trackerId: TrackerId,
    account: Account,
    id: QuestionId,
    values: Partial<Omit<Question, 'id'>>,
    verb: 'put' | 'set',
  ): Promise<Question | undefined> => {
    await matrices.edit(trackerId, account.id, doc => questionRecords[verb](doc, id, values))
    return (await matrices.read(trackerId, doc => questionRecords.read(doc, id))).value
  }

  return openDoor()
    .openapi(askRoute, async c => {
      const { account, trackerId } = c.var
      const { about, text } = c.req.valid('json')
      const { value: all } = await matrices.read(trackerId, doc =>
        isOf(doc, about) ? questionRecords.all(doc) : undefined,
      )
      if (!all) throw noSubject()
      if (all.filter(isOpen).length >= MAX_OPEN_QUESTIONS) throw tooMany()
      const asked = { about: about as ItemAddress, text, by: account.name, at: now() }
      const made = await write(trackerId, account, newId<QuestionId>(), asked, 'put')
      return c.json(known(made), 201)
    })
    .openapi(changeRoute, async c => {
      const { account, trackerId } = c.var
      const { answer, resolved } = c.req.valid('json')
      const id = c.req.valid('param').questionId as QuestionId
      known((await matrices.read(trackerId, doc => questionRecords.read(doc, id))).value)
      const [by, at] = [account.name, now()]
      const said = {
        ...(answer !== undefined && { answer, answeredBy: by, answeredAt: at }),
        ...(resolved !== undefined &&
          (resolved ? { resolvedBy: by, resolvedAt: at } : { resolvedBy: '', resolvedAt: 0 })),
      }
      return c.json(known(await write(trackerId, account, id, said, 'set')), 200)
    })
}

/** What stands in a compartment is spoken of there: everybody reads a question. */
const isOf = (doc: Y.Doc, about: string): boolean => {
  const [kind = '', ...ids] = about.split('/')
  const root = ROOTS[kind]
  return root === undefined || everExisted(doc, root, ids.at(-1) ?? '')
}

/** What can be put into a compartment, as an address names it. */
const ROOTS: Readonly<Record<string, string>> = {
  cell: 'parties',
  party: 'parties',
  claim: 'claims',
  source: 'sources',
}

const noSubject = (): Refusal =>
  new Refusal(404, 'no_subject', 'This tracker has nothing there that could be asked about.')

const known = (found: Question | undefined): Question => {
  if (!found) throw new Refusal(404, 'no_question', 'This tracker has no such question.')
  return found
}

const tooMany = (): Refusal =>
  new Refusal(
    409,
    'too_many_questions',
    `There are ${MAX_OPEN_QUESTIONS} open questions in this tracker. Resolve some of them first.`,
  )
