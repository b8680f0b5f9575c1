/** Where the time of a profiled process went: functions by the time that they themselves took. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Window } from '#test/bench/peers/scenarios/scenario.ts'

interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number
    readonly callFrame: {
      readonly functionName: string
      readonly url: string
      readonly lineNumber: number
    }
  }[]
  /** Microseconds. */
  readonly startTime: number
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

const IDLE = '(idle)'

const ALWAYS: Window = { from: 0, to: Number.POSITIVE_INFINITY }

/** One block of lines for each thread, the busiest first. */
export const profileOf = async (
  folder: string,
  most: number,
  window: Window = ALWAYS,
): Promise<readonly string[]> => {
  const files = (await readdir(folder)).filter(file => file.endsWith('.cpuprofile'))
  const threads = await Promise.all(
    files.map(async file =>
      ownTimes(JSON.parse(await readFile(join(folder, file), 'utf8')) as CpuProfile, window),
    ),
  )
  return threads
    .map(times => {
      const all = [...times.values()].reduce((sum, time) => sum + time, 0)
      const idle = times.get(IDLE) ?? 0
      times.delete(IDLE)
      return { times, busy: all - idle }
    })
    .sort((a, b) => b.busy - a.busy)
    .flatMap(({ busy, times }, index) => [
      `thread ${index + 1}: busy for ${(busy / 1e6).toFixed(2)} s`,
      ...[...times]
        .sort(([, a], [, b]) => b - a)
        .slice(0, most)
        .map(([name, time]) => `  ${((time / busy) * 100).toFixed(1).padStart(5)} %  ${name}`),
    ])
}

const ownTimes = (
  { nodes, samples, startTime, timeDeltas }: CpuProfile,
  { from, to }: Window,
): Map<string, number> => {
  const names = new Map(
    nodes.map(({ callFrame: { functionName, lineNumber, url }, id }) => {
      const file = url.split('/').slice(-2).join('/')
      const name = functionName === '' ? '(anonymous)' : functionName
      return [id, url === '' ? name : `${name} ${file}:${lineNumber + 1}`] as const
    }),
  )
  const times = new Map<string, number>()
  let now = startTime
  for (const [index, id] of samples.entries()) {
    const took = timeDeltas[index] ?? 0
    now += took
    const name = names.get(id) ?? '?'
    if (now >= from && now < to) times.set(name, (times.get(name) ?? 0) + took)
  }
  return times
}
