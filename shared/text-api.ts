/** Schemas of the routes that take in the texts of sources and hand them out. */
import { z } from 'zod'
import { MAX_TEXT_LENGTH, TEXT_KINDS } from '#shared/texts.ts'

export const pastedText = z
  .object({
    text: z
      .string()
      .min(1)
      .max(MAX_TEXT_LENGTH + 1),
  })
  .meta({ id: 'PastedText' })

const about = {
  hash: z
    .string()
    .describe('SHA-256 of the text in UTF-8 as it came, in hex: its name in this tracker'),
  name: z.string().describe('Of the file; empty where it was pasted'),
  kind: z.enum(TEXT_KINDS),
  at: z.number().int().describe('Milliseconds since 1970'),
}

export const textTaken = z
  .object({ ...about, length: z.number().int().describe('In UTF-16 units') })
  .meta({ id: 'TextTaken' })
export type TextTaken = z.infer<typeof textTaken>

export const sourceText = z
  .object({
    ...about,
    text: z.string(),
    bytes: z.number().int().describe('Of the file, or of what was pasted'),
    by: z.object({ id: z.string(), name: z.string() }),
    redactedAt: z.number().int().nullable().describe('When words of it were blanked'),
  })
  .meta({ id: 'SourceText' })
export type SourceText = z.infer<typeof sourceText>
