/** A file to plain text: which parser reads what. Runs in a process of its own (server/texts/reader-process.ts). */
import { readDocx } from '#server/texts/docx.ts'
import { readEml } from '#server/texts/eml.ts'
import { readHtml } from '#server/texts/html.ts'
import { readPdf } from '#server/texts/pdf.ts'
import { checked, readPlain } from '#server/texts/plain.ts'
import type { FileKind } from '#shared/texts.ts'

export const readText = async (bytes: Uint8Array, kind: FileKind): Promise<string> => {
  switch (kind) {
    case 'txt':
    case 'md':
      return readPlain(bytes)
    case 'html':
      return checked(readHtml(bytes))
    case 'docx':
      return checked(readDocx(bytes))
    case 'eml':
      return checked(await readEml(bytes))
    case 'pdf':
      return checked(await readPdf(bytes))
  }
}
