/** What a scenario is given, and what it answers. */
import type { Seat } from '#test/bench/peers/machine.ts'
import type { Target } from '#test/bench/peers/targets.ts'

export interface Ground {
  readonly target: Target
  /** A folder of its own, made anew. */
  readonly folder: string
  /** The server's. */
  readonly seat: Seat
  /** How long, and how often, in proportion: 1 is the whole thing. */
  readonly share: number
  readonly seed: number
  readonly nodeOptions: readonly string[]
}

/** Figures by their names; undefined for what this server does not do. */
export type Figures = Readonly<Record<string, number | undefined>>

/** Microseconds of the machine's own clock, which all its processes share. */
export interface Window {
  readonly from: number
  readonly to: number
}

export interface Outcome {
  readonly figures: Figures
  /** Why the figures cannot be trusted, and what else must be said about them. */
  readonly notes: readonly string[]
  /** What was measured, without what came before. */
  readonly window?: Window
}
