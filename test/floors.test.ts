/** The house stands as the README's map draws it: who may import whom, and what lies at the top. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const floors: Readonly<Record<string, readonly string[]>> = {
  shared: ['shared'],
  drizzle: ['drizzle'],
  server: ['shared', 'drizzle', 'server'],
  client: ['shared', 'client'],
  test: ['shared', 'drizzle', 'server', 'client', 'test'],
}

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter(path => path !== '')
const sources = files.filter(path => /\.tsx?$/.test(path))

const importsOf = (path: string): readonly string[] =>
  [...readFileSync(path, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(
    ([, name]) => name as string,
  )

const offenders = (
  applies: (path: string) => boolean,
  forbidden: (name: string, path: string) => boolean,
): readonly string[] =>
  sources
    .filter(applies)
    .flatMap(path =>
      importsOf(path).flatMap(name => (forbidden(name, path) ? [`${path} imports ${name}`] : [])),
    )

test.each(Object.entries(floors))('%s/ imports only from the floors it stands on', (floor, may) => {
  const inside = (path: string): boolean => path.startsWith(`${floor}/`)
  expect(
    offenders(
      inside,
      name => name.startsWith('#') && !may.includes(name.slice(1).split('/')[0] ?? ''),
    ),
  ).toEqual([])
})

test('inside the project every import names its floor', () => {
  expect(
    offenders(
      () => true,
      name => /^\.\.?\/.*\.tsx?$/.test(name),
    ),
  ).toEqual([])
})

test('only the document, the history and the live floors touch Yjs', () => {
  const may = /^(shared\/(document|history)|server|client\/live|test)\//
  expect(
    offenders(
      path => !may.test(path),
      name => /^(yjs|y-protocols|y-websocket|y-codemirror)/.test(name),
    ).filter(line => !TYPE_ONLY.has(line)),
  ).toEqual([])
})
/** Files that name a Yjs type and import no code of it. */
const TYPE_ONLY: ReadonlySet<string> = new Set()

test('only the composition root names a backend and reads the environment', () => {
  // `npm run dev` is a process of its own, which starts main behind Vite.
  const roots = new Set(['main', 'dev', 'verify', 'backup'].map(name => `server/${name}.ts`))
  const server = (path: string): boolean => path.startsWith('server/') && !roots.has(path)
  expect(
    offenders(
      path => server(path) && !path.startsWith('server/store/'),
      name => /^#server\/(store\/(sqlite|postgres|memory)|relay\/redis)/.test(name),
    ),
  ).toEqual([])
  expect(
    sources.filter(path => server(path) && /\bprocess\.env\b/.test(readFileSync(path, 'utf8'))),
  ).toEqual([])
})

test('the places of the client meet only through live/, ui/ and the files at its top', () => {
  const placeOf = (path: string): string | undefined => /^client\/([\w-]+)\//.exec(path)?.[1]
  const open = new Set(['live', 'ui', undefined])
  expect(
    offenders(
      path => path.startsWith('client/ui/'),
      name => name.startsWith('#client/') && !name.startsWith('#client/ui/'),
    ),
  ).toEqual([])
  expect(
    offenders(
      path => path.startsWith('client/live/'),
      name => {
        const place = placeOf(name.slice(1))
        return name.startsWith('#client/') && !open.has(place)
      },
    ),
  ).toEqual([])
})

test('nothing but the fixed names lies at the top', () => {
  const top = new Set(files.filter(path => !path.startsWith('.')).map(path => path.split('/')[0]))
  const fixed = ['server', 'client', 'shared', 'drizzle', 'test', 'package.json', 'tsconfig.json']
  const allowed = new Set([
    ...fixed,
    'README.md',
    'package-lock.json',
    'LICENSE',
    'Dockerfile',
    'compose.yaml',
  ])
  expect([...top].filter(name => name !== undefined && !allowed.has(name))).toEqual([])
})

test('no barrels, no drawers: every file is named for what it holds', () => {
  expect(
    sources.filter(path => /(^|\/)(index|utils|types|helpers|misc)\.tsx?$/.test(path)),
  ).toEqual([])
})
