/** People type, the server dies at seeded moments, and after each death what lies on disk is judged alone. */
import { setTimeout as pause } from 'node:timers/promises'
import type { ChildProcess } from 'node:child_process'
import type { DocumentName } from '#shared/access.ts'
import type { IssueId, PartyId } from '#shared/ids.ts'
import { findInFile, judge, type Found } from '#test/server/durability/judge.ts'
import {
  end,
  people,
  spawnServer,
  startProcess,
  type ProcessOptions,
} from '#test/server/durability/process.ts'
import { Typist } from '#test/server/durability/typist.ts'
import { seededDice, type Dice } from '#test/simulation/dice.ts'

export interface KillsOptions {
  readonly folder: string
  readonly seed: number
  readonly deaths: readonly NodeJS.Signals[]
  readonly environment?: ProcessOptions['environment']
  /** Looks at what is stored, while no server runs. */
  readonly find?: (document: DocumentName) => Promise<Found>
  readonly onDeath?: (nth: number, broken: readonly string[]) => void
}

export interface KillsReport {
  /** One line for each broken promise, with the death after which it was seen. */
  readonly broken: readonly string[]
  readonly edits: number
  /** Clocks that clients were promised or had seen, summed up over all deaths. */
  readonly claims: number
}

export const runKills = async ({
  folder,
  seed,
  deaths,
  environment = {},
  find = document => findInFile(folder, document),
  onDeath,
}: KillsOptions): Promise<KillsReport> => {
  const chance = seededDice(seed)
  let server = await startProcess({ folder, environment })
  const { url } = server
  const port = Number(new URL(url).port)
  const { trackerId, accounts } = await people(url, ['Bo', 'Cy'])
  const typists = [...accounts, ...accounts].map(account => new Typist(url, trackerId, account))
  const broken: string[] = []
  let claims = 0
  let isOver = false
  try {
    await Promise.all(typists.map(typist => typist.until('synced', () => typist.provider.synced)))
    const typing = typists.map(typist =>
      typeOn(typist, seededDice(chance.below(2 ** 31)), () => isOver),
    )
    for (const [index, signal] of deaths.entries()) {
      await pause(50 + chance.below(900))
      await end(server.child, signal)
      const found = judge(await find(trackerId), typists)
      broken.push(...found.map(line => `after death ${index + 1} (${signal}): ${line}`))
      onDeath?.(index + 1, found)
      // What is broken once stays broken, and the clients' next words would cover the traces.
      if (broken.length > 0) return { broken: [...broken, server.log()], edits: 0, claims }
      for (const typist of typists) claims += typist.claims.clocks.size
      // Some die again before they are up.
      while (chance.once(5)) await stillborn(folder, port, environment, chance)
      server = await startProcess({ folder, port, environment })
    }
    isOver = true
    const edits = (await Promise.all(typing)).reduce((sum, more) => sum + more, 0)
    await Promise.all(typists.map(typist => typist.until('saved', () => typist.isSaved, 60_000)))
    await end(server.child, 'SIGTERM')
    broken.push(...judge(await find(trackerId), typists).map(line => `in the end: ${line}`))
    return { broken, edits, claims }
  } finally {
    isOver = true
    for (const typist of typists) typist.leave()
    await end(server.child, 'SIGKILL')
  }
}

const stillborn = async (
  folder: string,
  port: number,
  environment: ProcessOptions['environment'],
  chance: Dice,
): Promise<void> => {
  const child: ChildProcess = spawnServer({ folder, port, environment: environment ?? {} })
  await pause(chance.below(900))
  await end(child, 'SIGKILL')
}

/** Writes words into cells of all, and takes some of its own back. Answers how many edits that were. */
const typeOn = async (typist: Typist, chance: Dice, isOver: () => boolean): Promise<number> => {
  const { doc } = typist
  const one = <Id extends string>(root: string, of: number): Id =>
    [...doc.getMap(root).keys()][chance.below(of)] as Id
  const mine: { readonly cell: ReturnType<Typist['text']>; readonly word: string }[] = []
  let edits = 0
  while (!isOver()) {
    await pause(5 + chance.below(30))
    // While the server takes long to come back.
    if (typist.waiting > 100) continue
    const word = `${doc.clientID.toString(36)}.${edits} `
    const old = chance.once(5) ? mine.splice(chance.below(mine.length), 1)[0] : undefined
    const at = old ? old.cell.toString().indexOf(old.word) : -1
    if (old && at >= 0) old.cell.delete(at, old.word.length)
    else {
      const cell = typist.text(one<IssueId>('issues', 4), one<PartyId>('parties', 3))
      cell.insert(chance.below(cell.length + 1), word)
      mine.push({ cell, word })
    }
    edits++
  }
  return edits
}
