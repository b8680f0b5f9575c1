/** People who type, each at their own pace, on one timer. */
import type { Typist } from '#test/bench/load/typist.ts'
import type { Member } from '#test/bench/peers/crowd.ts'
import type { Witness } from '#test/bench/peers/ledger.ts'
import type { Dice } from '#test/simulation/dice.ts'

export interface Hand {
  readonly member: Member
  readonly typist: Typist
}

/** How often it is looked who is due: also how finely the keystrokes of a moment are told apart. */
const TICK = 1

/** Lets each type so many keystrokes a second, in irregular steps, until the answer is called. */
export const startTyping = (
  hands: readonly Hand[],
  perSecond: number,
  witness: Witness,
  dice: Dice,
): (() => void) => {
  const mean = 1_000 / perSecond
  const begun = performance.now()
  const due = hands.map(() => begun + (dice.below(1_000) / 1_000) * mean)
  const timer = setInterval(() => {
    const now = performance.now()
    for (const [index, { member, typist }] of hands.entries()) {
      while ((due[index] ?? now) < now) {
        due[index] = (due[index] ?? now) + mean * (0.5 + dice.below(1_000) / 1_000)
        if (!member.client.isOpen) continue
        const { client } = typist
        const sent = { client, keystroke: typist.next(), at: performance.now() }
        witness.wrote(sent)
        member.type(sent)
      }
    }
  }, TICK)
  return () => clearInterval(timer)
}
