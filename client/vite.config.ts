/** How the client is built and, under `npm run dev`, served. */
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import solid from 'vite-plugin-solid'

type Imports = (id: string) => { readonly importedIds: readonly string[] } | null

const root = fileURLToPath(new URL('.', import.meta.url))
const START = `${root}main.tsx`
const TRACKER = `${root}matrix/tracker-page.tsx`
/** Pages for whoever is not in a tracker. */
const OUTSIDE = ['sign-in', 'welcome', 'join-page', 'trackers'].map(
  name => `${root}start/${name}.tsx`,
)

/** What is there once a module is, of which nothing is fetched later. */
const reachedFrom = (starts: readonly string[], imports: Imports): ReadonlySet<string> => {
  const reached = new Set(starts)
  for (const id of reached) for (const next of imports(id)?.importedIds ?? []) reached.add(next)
  return reached
}

/** Undefined for what is fetched when it is needed: that is cut into files by who needs it. */
const createFileOf = () => {
  let files:
    | { readonly start: ReadonlySet<string>; readonly tracker: ReadonlySet<string> }
    | undefined
  return (id: string, imports: Imports): 'start' | 'tracker' | undefined => {
    if (!files) {
      const tracker = reachedFrom([TRACKER], imports)
      const outside = reachedFrom(OUTSIDE, imports)
      // What both sides need comes with the start: nobody outside waits for the matrix.
      const start = reachedFrom([START], imports).union(outside.intersection(tracker))
      files = { start, tracker }
    }
    if (files.start.has(id)) return 'start'
    return files.tracker.has(id) ? 'tracker' : undefined
  }
}
const fileOf = createFileOf()

export default defineConfig({
  root,
  plugins: [solid({ solid: { moduleName: `${root}web.ts` } })],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // Inlined assets would need `data:` in the content security policy.
    assetsInlineLimit: 0,
    rolldownOptions: {
      checks: { bundlerTimings: false },
      output: {
        // One file of each: forty small ones compress far worse than what they hold together.
        codeSplitting: {
          groups: (['start', 'tracker'] as const).map((name, index) => ({
            name: (id, context) =>
              fileOf(id, it => context.getModuleInfo(it)) === name ? name : null,
            priority: 2 - index,
          })),
        },
      },
    },
  },
})
