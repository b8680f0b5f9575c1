/** P1, P2, P3 with the real process: whatever dies whenever, what was promised or seen is on disk, truly filed. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { runKills } from '#test/server/durability/kills.ts'

vi.setConfig({ testTimeout: 240_000 })

const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-kills-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

test.each([1, 2])(
  'P1 P2 P3 ten SIGKILLs and a SIGTERM while six people type (seed %i)',
  async seed => {
    const deaths = Array.from({ length: 11 }, (_, nth) => (nth === 5 ? 'SIGTERM' : 'SIGKILL'))
    const { broken, claims, edits } = await runKills({ folder: await newFolder(), seed, deaths })
    expect(broken).toEqual([])
    expect(edits).toBeGreaterThan(200)
    expect(claims).toBeGreaterThan(100)
  },
)
