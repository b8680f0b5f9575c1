/** Before the curtain: documents in their places, people at their seats, hands on keyboards. */
import type { SeededMatrix } from '#test/bench/load/matrix.ts'
import { Typist } from '#test/bench/load/typist.ts'
import type { Crowd, Member } from '#test/bench/peers/crowd.ts'
import type { Hand } from '#test/bench/peers/keyboard.ts'
import type { Target } from '#test/bench/peers/targets.ts'
import type { Dice } from '#test/simulation/dice.ts'

/** Documents that lie on disk before the server starts, for servers that have one. */
export const lay = async (
  target: Target,
  folder: string,
  names: readonly string[],
  { client, state }: SeededMatrix,
): Promise<void> => {
  await target.prepare(folder)
  await target.store?.(
    folder,
    names.map(name => ({
      name,
      edits: [{ account: 0, update: state }],
      clients: new Map([[client, 0]]),
      checkpoint: state,
    })),
  )
}

/** The first brings the document where the server does not have it. */
export const gather = async (
  crowd: Crowd,
  target: Target,
  name: string,
  many: number,
  state: Uint8Array,
): Promise<readonly Member[]> => {
  const { member } = await crowd.join(name)
  if (!target.store) await crowd.bring(member, state)
  const members = [member]
  while (members.length < many) members.push((await crowd.join(name)).member)
  return members
}

const FIRST_CLIENT = 1_000

/** Client ids as Yjs would draw them: large, so that they take as many bytes. */
export const handsOf = (
  members: readonly Member[],
  { texts }: Pick<SeededMatrix, 'texts'>,
  dice: Dice,
): readonly Hand[] =>
  members.map(member => ({
    member,
    typist: new Typist(FIRST_CLIENT + dice.below(2 ** 32 - FIRST_CLIENT), texts, dice),
  }))
