/** P24: whatever file somebody sends is a clear refusal or harmless text, within ten seconds and 300 MB. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { openReading, READER_FLAGS } from '#server/texts/reading.ts'
import { Unfit } from '#server/texts/unfit.ts'
import type { FileKind } from '#shared/texts.ts'
import { docx, eml, lyingZip, paragraph, pdf, utf8, written } from '#test/server/text-files.ts'

// Some files take seconds to be made, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000 })

const MIB = 1_024 * 1_024
const MOST_MEMORY = 300 * MIB
const MOST_TIME = 10_000

const pids: number[] = []
const reading = openReading(pid => pid !== undefined && pids.push(pid))
afterAll(() => reading.close())

/** The most that the process has held, in bytes, as the system counts it; 0 where there is no such count. */
const peakOf = (pid: number): number => {
  const status = `/proc/${pid}/status`
  if (!existsSync(status)) return 0
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(status, 'utf8'))?.[1] ?? 0) * 1_024
  } catch {
    return 0
  }
}

interface Outcome {
  readonly text?: string
  readonly refused?: string
}

const read = async (bytes: Uint8Array, kind: FileKind): Promise<Outcome> => {
  pids.length = 0
  let peak = 0
  const watch = setInterval(() => {
    for (const pid of pids) peak = Math.max(peak, peakOf(pid))
  }, 5)
  const start = performance.now()
  try {
    return { text: await reading.read(bytes, kind) }
  } catch (error) {
    if (!(error instanceof Unfit)) throw error
    return { refused: error.code }
  } finally {
    clearInterval(watch)
    expect(performance.now() - start).toBeLessThan(MOST_TIME)
    expect(peak).toBeLessThan(MOST_MEMORY)
  }
}

const filled = (length: number, text: string): Uint8Array =>
  new Uint8Array(Buffer.alloc(length, text))

describe('a Word document', () => {
  test('that unpacks to 60 MB', async () => {
    const body = Buffer.alloc(60 * MIB, 'x').toString('latin1')
    expect(await read(docx(body), 'docx')).toEqual({ refused: 'too_heavy' })
  })

  test('that unpacks to 60 MB and says that it does not', async () => {
    const bomb = lyingZip('word/document.xml', filled(60 * MIB, 'x'))
    expect(await read(bomb, 'docx')).toEqual({ refused: expect.any(String) })
  })

  test('of nine million elements inside each other', async () => {
    expect(await read(docx('<w:p>'.repeat(9_000_000)), 'docx')).toEqual({ refused: 'too_heavy' })
  })

  test('with entities that multiply, and one of a file outside', async () => {
    const xml = `<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>
      <w:document><w:body>${paragraph('before &b; &c; after')}</w:body></w:document>`
    const { text } = await read(docx('', { 'word/document.xml': xml }), 'docx')
    expect(text).toBe('before &b; &c; after')
  })

  test('whose document lies outside of it', async () => {
    const relations =
      '<Relationships><Relationship Type="http://x/officeDocument" TargetMode="External" Target="http://127.0.0.1:9/evil.xml"/></Relationships>'
    const file = docx(paragraph('inside'), { '_rels/.rels': relations })
    expect(await read(file, 'docx')).toEqual({ text: 'inside' })
  })
})

describe('a PDF', () => {
  const script =
    '<< /S /JavaScript /JS (app.alert\\(1\\); this.submitForm\\("http://127.0.0.1:9"\\)) >>'

  test('with scripts, a launch action and an embedded file is its words alone', async () => {
    const file = pdf(written('Only words'), [], {
      catalogue: `/OpenAction ${script} /AA << /WC ${script} >> /Names << /JavaScript << /Names [(x) ${script}] >> >>`,
      objects: [
        '<< /S /Launch /F (/bin/sh) >>',
        `<< /Type /Action /S /URI /URI (http://127.0.0.1:9) >>`,
      ],
    })
    expect(await read(file, 'pdf')).toEqual({ text: 'Only words' })
  })

  test('that is cut off', async () => {
    const file = pdf(written('Only words'))
    expect(await read(file.subarray(0, 300), 'pdf')).toEqual({ refused: expect.any(String) })
  })

  test('without its table of contents is read all the same', async () => {
    const file = pdf(written('Only words'))
    expect(await read(file.subarray(0, file.length - 20), 'pdf')).toEqual({ text: 'Only words' })
  })

  test('whose page unpacks to 200 MB', async () => {
    const { refused } = await read(pdf(filled(200 * MIB, '0 0 m\n')), 'pdf')
    expect(['too_heavy', 'no_text']).toContain(refused)
  })

  test('with more words than a text may have', async () => {
    const { refused } = await read(pdf(written('words '.repeat(10)).repeat(100_000)), 'pdf')
    expect(['too_heavy', 'too_long']).toContain(refused)
  })
})

describe('a page', () => {
  test('with scripts, handlers and frames is its words alone', async () => {
    const html = `<!doctype html><head><title>t</title><script>alert(1)</script></head>
      <body onload="alert(2)"><p onclick="x()">Seen</p><script>document.write('<p>written')</script>
      <iframe src="javascript:alert(3)">frame</iframe><img src=x onerror="alert(4)">
      <style>p { content: 'styled' }</style><template><p>template</p></template><!-- comment -->
      <noscript>noscript</noscript><p hidden>hidden</p><p style="color:red;display: none">gone</p>
      <svg><text>drawn</text></svg><a href="javascript:alert(5)">Link</a></body>`
    expect(await read(utf8(html), 'html')).toEqual({ text: 'Seen\n\nLink' })
  })

  test('200,000 levels deep', async () => {
    const html = `${'<div><b>'.repeat(100_000)}deep${'</b></div>'.repeat(100_000)}`
    expect(await read(utf8(html), 'html')).toEqual({ refused: 'too_heavy' })
  })

  test('of ends without beginnings, over and over', async () => {
    const html = `${'<i>'.repeat(1_900)}${'</b>'.repeat(300_000)}end`
    expect(await read(utf8(html), 'html')).toEqual({ text: 'end' })
  })
})

describe('a mail', () => {
  const headers = (type: string) => [
    'From: a@example.org',
    'Subject: Parts',
    `Content-Type: ${type}`,
  ]

  test('of ten thousand parts', async () => {
    const part = '--b\r\nContent-Type: application/octet-stream; name="n.bin"\r\n\r\nx\r\n'
    const file = eml(
      headers('multipart/mixed; boundary=b'),
      `--b\r\nContent-Type: text/plain\r\n\r\nWords\r\n${part.repeat(10_000)}--b--`,
    )
    const { text } = await read(file, 'eml')
    expect(text).toMatch(/^From: a@example.org\nSubject: Parts\n\nWords\n\nAttached: n.bin\n/)
    expect(text).toMatch(/Attached: 9980 more$/)
  })

  test('of ten thousand mails in each other', async () => {
    const levels = Array.from(
      { length: 10_000 },
      (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n--b${at}\r\n`,
    )
    const file = utf8(`From: a@example.org\r\n${levels.join('')}\r\nWords`)
    expect(await read(file, 'eml')).toEqual({ refused: 'damaged' })
  })
})

test('the process that reads a file reaches nothing else', () => {
  const tries = {
    network:
      "new Promise((resolve, reject) => require('node:net').connect(9, '127.0.0.1', resolve).on('error', reject))",
    file: "require('node:fs').readFileSync('/etc/passwd')",
    writing: "require('node:fs').writeFileSync('package.json', '')",
    program: "require('node:child_process').execSync('true')",
    code: "new Function('return 1')()",
  }
  const script = `(async () => {
    const tries = {${Object.entries(tries)
      .map(([name, code]) => `${name}: () => ${code}`)
      .join()}}
    for (const [name, attempt] of Object.entries(tries))
      try { await attempt(); console.log(name, 'was let through') } catch (error) { console.log(name, error.code ?? error.name) }
  })()`
  const { stdout } = spawnSync(process.execPath, [...READER_FLAGS, '-e', script], {
    encoding: 'utf8',
  })
  expect(stdout.trim().split('\n')).toEqual([
    'network ERR_ACCESS_DENIED',
    'file ERR_ACCESS_DENIED',
    'writing ERR_ACCESS_DENIED',
    'program ERR_ACCESS_DENIED',
    'code EvalError',
  ])
})

describe('a text', () => {
  test('longer than it may be', async () => {
    expect(await read(filled(2_000_001, 'x'), 'txt')).toEqual({ refused: 'too_long' })
    expect(await read(filled(20 * MIB, 'x'), 'txt')).toEqual({ refused: 'too_long' })
  })

  test('that is a program', async () => {
    const program = new Uint8Array(readFileSync(process.execPath).subarray(0, MIB))
    const { refused } = await read(program, 'txt')
    expect(['damaged', 'not_unicode']).toContain(refused)
  })
})
