/** The operator's door: who may knock, what it answers, and what it does about the dead and the silent. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { askRunning, openControl, type Commands } from '#server/control.ts'
import { auditFile } from '#server/store/sqlite-audit.ts'
import { end, people, startProcess } from '#test/server/durability/process.ts'

const opened = async (backup: Commands['backup']) => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-control-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const control = await openControl(folder, { backup })
  onTestFinished(control.close)
  return { folder, control }
}

test('it passes on what is asked, to the owner of the process alone', async () => {
  const asked: string[] = []
  const { folder } = await opened(async file => void asked.push(file))
  expect((await stat(join(folder, 'control.sock'))).mode & 0o777).toBe(0o600)
  expect(await askRunning(folder, 'backup', '/a/file with "words"\nand lines')).toBe(true)
  expect(asked).toEqual(['/a/file with "words"\nand lines'])
})

test('a fault is answered in words, and the next question is heard', async () => {
  const { folder } = await opened(async file => {
    if (file === 'full') throw new Error('There is no space left')
  })
  await expect(askRunning(folder, 'backup', 'full')).rejects.toThrow('There is no space left')
  const unknown = 'stop everything' as keyof Commands
  await expect(askRunning(folder, unknown, '')).rejects.toThrow('does not know')
  const inherited = 'toString' as keyof Commands
  await expect(askRunning(folder, inherited, '')).rejects.toThrow('does not know')
  expect(await askRunning(folder, 'backup', 'fine')).toBe(true)
})

test('where nobody runs, nobody answers; what a dead process left behind is swept away', async () => {
  const { folder, control } = await opened(async () => undefined)
  await control.close()
  expect(await askRunning(folder, 'backup', 'x')).toBe(false)
  await writeFile(join(folder, 'control.sock'), '')
  expect(await askRunning(folder, 'backup', 'x')).toBe(false)
  const again = await openControl(folder, { backup: async () => undefined })
  expect(await askRunning(folder, 'backup', 'x')).toBe(true)
  await again.close()
})

test('nonsense and silence harm nobody, and do not hold up the end', async () => {
  const { folder, control } = await opened(async () => undefined)
  const silent = connect(join(folder, 'control.sock'))
  await once(silent, 'connect')
  const babbling = connect(join(folder, 'control.sock'))
  babbling.write('{]\n')
  const [answer] = (await once(babbling, 'data')) as [Buffer]
  expect(JSON.parse(answer.toString())).toHaveProperty('fault')
  await control.close()
})

test('a process that dies before it is done has not done it', async () => {
  const begun = Promise.withResolvers<void>()
  const { folder, control } = await opened(async () => {
    begun.resolve()
    await new Promise<never>(() => undefined)
  })
  const asked = expect(askRunning(folder, 'backup', 'x')).rejects.toThrow('ended before')
  await begun.promise
  await control.close()
  await asked
})

test(
  'the commands copy what a running process holds, and look through the copy',
  { timeout: 60_000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'parley-commands-'))
    const server = await startProcess({ folder })
    onTestFinished(async () => {
      await end(server.child, 'SIGKILL')
      await rm(folder, { recursive: true })
    })
    await people(server.url)
    const run = async (command: string, ...args: readonly string[]) => {
      const main = fileURLToPath(new URL(`../../server/${command}.ts`, import.meta.url))
      const env = { PATH: process.env['PATH'], DATA_DIR: folder }
      const child = spawn(process.execPath, [main, ...args], { env })
      let said = ''
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (text: string) => (said += text))
      const [code] = (await once(child, 'close')) as [number]
      return { code, said }
    }
    const copy = join(folder, 'copy.db')
    expect(await run('verify')).toEqual({
      code: 1,
      said: expect.stringMatching(/is in use: stop Parley first/),
    })
    expect(await run('backup', copy)).toEqual({
      code: 0,
      said: expect.stringMatching(/copy\.db: 1 documents with \d+ entries\n$/),
    })
    expect((await stat(copy)).mode & 0o777).toBe(0o600)
    expect((await run('backup', copy)).said).toMatch(/is there already/)
    expect((await run('backup')).said).toMatch(/To which file/)
    expect(await run('verify', copy)).toMatchObject({ code: 0 })
    await end(server.child, 'SIGTERM')
    expect(await readdir(folder)).not.toContain('control.sock')
    const verified = await run('verify')
    expect(verified.code).toBe(0)
    const [, head] = /the audit log: [1-9]\d* rows, head (\S+)\n$/.exec(verified.said) ?? []
    expect(await run('verify', '--head', `${head}`)).toEqual(verified)
    const another = `1:${'0'.repeat(64)}`
    expect(await run('verify', '--head', another)).toMatchObject({ code: 1 })
    const second = join(folder, 'second.db')
    expect(await run('backup', second)).toMatchObject({ code: 0 })
    expect(auditFile(second)).toEqual(auditFile(copy))
  },
)
