/** `npm run simulate -- --seeds 20000 --from 5000`: a wider search than the tests' own; prints what fails. */
import '#test/simulation/chance.ts'
import { parseArgs } from 'node:util'
import { run, STEPS } from '#test/simulation/run.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    steps: { type: 'string', default: String(STEPS) },
    stop: { type: 'boolean', default: false },
    log: { type: 'boolean', default: false },
  },
})
const [seeds, from, steps] = [Number(values.seeds), Number(values.from), Number(values.steps)]
const say = (line: string): void => void process.stdout.write(`${line}\n`)

const start = Date.now()
const reached = new Map<string, number>()
let failed = 0
for (let seed = from; seed < from + seeds && !(values.stop && failed > 0); seed++)
  try {
    const done = await run(seed, { steps })
    for (const what of done.reached) reached.set(what, (reached.get(what) ?? 0) + 1)
    if (values.log) say(done.log.join('\n'))
  } catch (error) {
    failed++
    say(error instanceof Error ? error.message : String(error))
    say('')
  }
say(`${seeds} seeds from ${from}, ${steps} steps each: ${failed} failed, ${Date.now() - start} ms`)
if (seeds > 1)
  for (const [what, many] of [...reached].sort()) say(`${String(many).padStart(6)}  ${what}`)
process.exitCode = failed > 0 ? 1 : 0
