/** Ordinary files of each kind, in the scripts that people write in: the right characters in the right order. */
import { describe, expect, test } from 'vitest'
import { readText } from '#server/texts/read.ts'
import { fileKindOf, type FileKind, type UnfitCode } from '#shared/texts.ts'
import { docx, drawn, eml, paragraph, pdf, utf8, written } from '#test/server/text-files.ts'

const LANGUAGES = {
  Persian: 'رئیس‌جمهور گفت «مذاکرات» هسته‌ای در ۳۰ ژانویه ادامه دارد.',
  Arabic: 'قال الوزير إنّ المفاوضات (غير المباشرة) ستستأنف في 12 فبراير.',
  Hebrew: 'השר אמר: השיחות יימשכו ב-3 בפברואר (בז׳נבה).',
  Turkish: 'İstanbul’daki görüşmeler ığdır üzerinden sürüyor.',
  Chinese: '中方表示，谈判将于二月六日在马斯喀特举行。',
  Emoji: 'Both 🤝 sides',
} as const

const refusalOf = async (bytes: Uint8Array, kind: FileKind): Promise<UnfitCode> =>
  readText(bytes, kind).then(
    text => expect.fail(text),
    (error: { code: UnfitCode }) => error.code,
  )

describe.each(Object.entries(LANGUAGES))('%s', (_, line) => {
  test('as a plain text and as Markdown', async () => {
    expect(await readText(utf8(`# ${line}\n\n${line}\n`), 'md')).toBe(`# ${line}\n\n${line}\n`)
    expect(await readText(utf8(`\uFEFF${line}\r\nx\ry`), 'txt')).toBe(`${line}\nx\ny`)
    expect(await readText(new Uint8Array(Buffer.from(`\uFEFF${line}`, 'utf16le')), 'txt')).toBe(
      line,
    )
  })

  test('as a page', async () => {
    const page = `<html dir=rtl><head><title>x</title></head><body><h1>${line}</h1><p>${line}</body>`
    expect(await readText(utf8(page), 'html')).toBe(`${line}\n\n${line}`)
  })

  test('as a Word document', async () => {
    const characters = [...line]
    const half = characters.length >> 1
    const runs = [characters.slice(0, half).join(''), characters.slice(half).join('')]
      .map(text => `<w:r><w:rPr><w:rtl/></w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`)
      .join('')
    expect(await readText(docx(`<w:p>${runs}</w:p>${paragraph(line)}`), 'docx')).toBe(
      `${line}\n${line}`,
    )
  })

  test('as a mail', async () => {
    const packed = (text: string): string => Buffer.from(text).toString('base64')
    const mail = eml(
      [
        `Subject: =?utf-8?B?${packed(line)}?=`,
        'From: "Ali" <ali@example.org>',
        'Content-Type: text/plain; charset=utf-8',
        'Content-Transfer-Encoding: base64',
      ],
      packed(line),
    )
    expect(await readText(mail, 'eml')).toBe(
      `From: Ali <ali@example.org>\nSubject: ${line}\n\n${line}`,
    )
  })

  test('as a PDF that draws letter by letter, from the left', async () => {
    // A page shows no non-joiner.
    const shown = line.replaceAll('\u200C', '')
    const onPage = /\p{Script=Arabic}|\p{Script=Hebrew}/u.test(line)
      ? fromTheLeft(shown)
      : [...shown]
    const letters = [...new Set(onPage)]
    expect(await readText(pdf(drawn(letters, onPage.join('')), letters), 'pdf')).toBe(shown)
  })
})

/** A font whose letters are named in a table that is not in the file. */
const inChina = (commands: string): Uint8Array =>
  pdf(`${commands}BT /C 12 Tf 1 0 0 1 50 600 Tm <4E2D65B9> Tj ET`, [], {
    objects: [
      '<< /Type /Font /Subtype /Type0 /BaseFont /STSong /Encoding /UniGB-UCS2-H /DescendantFonts [9 0 R] >>',
      '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>',
    ],
  })

/** How a line from the right stands on paper: numbers and Latin run on, brackets face the other way. */
const fromTheLeft = (line: string): readonly string[] => {
  const brackets = '()«»'
  return (line.match(/[0-9۰-۹]+|[A-Z]+(?: [A-Z]+)*|./giu) ?? []).toReversed().flatMap(token => {
    const at = brackets.indexOf(token)
    return at < 0 ? [...token] : [brackets[at % 2 === 0 ? at + 1 : at - 1] ?? '']
  })
}

describe('a PDF', () => {
  test('gives letters for the shapes that they are printed in, and finds the non-joiner between them', async () => {
    const shapes = [...'ﻫﺴﺘﻪای'].toReversed()
    const file = pdf(drawn(shapes, shapes.join('')), shapes)
    expect(await readText(file, 'pdf')).toBe('هسته‌ای')
  })

  test('keeps names and years from the left within a line from the right', async () => {
    const line = 'رئیس هیئت ایرانی با Steve Witkoff در مسقط دیدار کرد (2026).'
    const onPage = fromTheLeft(line)
    const letters = [...new Set(onPage)]
    expect(await readText(pdf(drawn(letters, onPage.join('')), letters), 'pdf')).toBe(line)
  })

  test('has its lines one below the other', async () => {
    const commands = [
      written('Headline', 700),
      written('First line', 670),
      written('Second', 656),
      written('2', 661, 88, 7),
      written('Other column', 670, 300),
    ]
    expect(await readText(pdf(commands.join('')), 'pdf')).toBe(
      'Headline\n\nFirst line\nSecond2\n\nOther column',
    )
  })

  test('of pictures only has nothing to read', async () => {
    expect(await refusalOf(pdf('0 0 100 100 re f'), 'pdf')).toBe('no_text')
  })

  test('that does not say which letters it draws is not half a text', async () => {
    const letters = [...'the words']
    const unnamed = letters.map(letter => (letter === 'h' ? '\0' : letter))
    expect(await refusalOf(pdf(drawn(letters, 'the words'), unnamed), 'pdf')).toBe('no_letters')
    expect(await refusalOf(inChina(written('Latin')), 'pdf')).toBe('no_letters')
  })

  test('that is none', async () => {
    expect(await refusalOf(utf8('Not a PDF'), 'pdf')).toBe('damaged')
  })
})

describe('a Word document', () => {
  test('with tables, notes and tracked changes', async () => {
    const cell = (text: string): string =>
      `<w:tc><w:tcPr/>${paragraph(text)}${paragraph('more')}</w:tc>`
    const body = [
      '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Terms</w:t></w:r></w:p>',
      '<w:p><w:r><w:t>Kept</w:t></w:r><w:del><w:r><w:delText> deleted</w:delText></w:r></w:del><w:ins><w:r><w:t xml:space="preserve"> added</w:t></w:r></w:ins><w:r><w:footnoteReference w:id="2"/></w:r></w:p>',
      `<w:tbl><w:tr>${cell('A')}${cell('B')}</w:tr><w:tr>${cell('C')}${cell('D')}</w:tr></w:tbl>`,
      '<w:p><w:r><w:t>One</w:t><w:tab/><w:t>two</w:t><w:br/><w:t>three &amp; &lt;four&gt;</w:t></w:r></w:p>',
    ].join('')
    const notes = `<w:footnotes><w:footnote w:id="0"><w:p><w:r><w:t>separator</w:t></w:r></w:p></w:footnote><w:footnote w:id="2">${paragraph('A note')}</w:footnote></w:footnotes>`
    expect(await readText(docx(body, { 'word/footnotes.xml': notes }), 'docx')).toBe(
      'Terms\nKept added[1]\nA more\tB more\nC more\tD more\nOne\ttwo\nthree & <four>\n\n[1] A note',
    )
  })

  test('that is none', async () => {
    expect(await refusalOf(utf8('PK but nothing else'), 'docx')).toBe('damaged')
  })
})

describe('a page', () => {
  test('as a reader sees it', async () => {
    const page = `<!doctype html><meta charset=utf-8><title>Title</title>
      <h1>Head   line</h1>
      <p>First <b>bold</b><i>!</i>
        and on,<br>a new line.</p>
      <ul><li>One</li><li>Two</li></ul>
      <table><tr><th>A<th>B<tr><td>1</td><td></td><td>3</td></tr></table>
      <pre>  kept
    as it is</pre>
      Caf&eacute; &#x2713; &amp;lt;`
    expect(await readText(utf8(page), 'html')).toBe(
      'Head line\n\nFirst bold! and on,\na new line.\n\nOne\nTwo\n\nA\tB\n1\t\t3\n\n  kept\n    as it is\n\nCafé ✓ &lt;',
    )
  })

  test('in the encoding that it names', async () => {
    const page = Buffer.concat([
      utf8('<meta charset="windows-1256"><p>'),
      new Uint8Array([0xd3, 0xe1, 0xc7, 0xe3]),
    ])
    expect(await readText(new Uint8Array(page), 'html')).toBe('سلام')
  })
})

describe('a mail', () => {
  test('of HTML alone, with something attached', async () => {
    const mail = eml(
      [
        'From: a@b.c',
        'To: "D, E" <d@e.f>',
        'Date: Tue, 3 Feb 2026 18:40:00 +0000',
        'MIME-Version: 1.0',
        'Content-Type: multipart/mixed; boundary=x',
      ],
      '--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Dear all,</p><script>x()</script><p>no.</p>\r\n--x\r\nContent-Type: application/pdf; name="draft.pdf"\r\nContent-Disposition: attachment; filename="draft.pdf"\r\n\r\nx\r\n--x--',
    )
    expect(await readText(mail, 'eml')).toBe(
      'From: a@b.c\nTo: D, E <d@e.f>\nDate: 2026-02-03T18:40:00.000Z\n\nDear all,\n\nno.\n\nAttached: draft.pdf',
    )
  })
})

describe('a plain text', () => {
  test('in an encoding that nobody names is not guessed', async () => {
    expect(await refusalOf(new Uint8Array([0xd3, 0xe1, 0xc7, 0xe3]), 'txt')).toBe('not_unicode')
  })

  test('without any words', async () => {
    expect(await refusalOf(utf8(' \n\n'), 'txt')).toBe('no_text')
  })
})

test('the kind of a file is its ending, else its media type', () => {
  expect(fileKindOf('A.B.DOCX', '')).toBe('docx')
  expect(fileKindOf('note.htm', 'application/octet-stream')).toBe('html')
  expect(fileKindOf('note', 'text/plain; charset=utf-8')).toBe('txt')
  expect(fileKindOf('a.exe', 'text/plain')).toBeUndefined()
  expect(fileKindOf('a.constructor', '')).toBeUndefined()
  expect(fileKindOf('', '__proto__')).toBeUndefined()
})
