/** A mail: who wrote it when about what, then its words, then the names of what is attached. Nothing attached is opened. */
import PostalMime, { type Address } from 'postal-mime'
import { readHtmlText } from '#server/texts/html.ts'
import { Unfit } from '#server/texts/unfit.ts'

/** Mails in mails in mails. */
const DEEPEST = 50
const MOST_NAMED = 20

export const readEml = async (bytes: Uint8Array): Promise<string> => {
  const mail = await parse(bytes)
  const { attachments, html, text } = mail
  const names = attachments.map(({ filename, mimeType }) => filename || mimeType)
  const more = names.length - MOST_NAMED
  const head = [
    ['From', named(mail.from)],
    ['To', mail.to?.map(named).join(', ')],
    ['Cc', mail.cc?.map(named).join(', ')],
    ['Date', mail.date],
    ['Subject', mail.subject],
  ].flatMap(([name, value]) => (value ? `${name}: ${oneLine(value)}` : []))
  if (head.length === 0) throw new Unfit('damaged')
  const attached = [
    ...names.slice(0, MOST_NAMED).map(name => `Attached: ${oneLine(name)}`),
    ...(more > 0 ? [`Attached: ${more} more`] : []),
  ]
  const words = text?.trim() ? text : html ? readHtmlText(html) : ''
  return [head.join('\n'), words.trim(), attached.join('\n')]
    .filter(part => part !== '')
    .join('\n\n')
}

const parse = async (bytes: Uint8Array) => {
  try {
    return await PostalMime.parse(bytes, {
      maxNestingDepth: DEEPEST,
      maxRfc822NestingDepth: DEEPEST,
    })
  } catch (error) {
    throw new Unfit('damaged', { cause: error })
  }
}

const named = (address: Address | undefined): string => {
  if (!address) return ''
  const { address: at, group, name } = address
  if (group) return `${name}: ${group.map(named).join(', ')}`
  return name ? `${name} <${at}>` : at
}

const oneLine = (value: string): string => value.replace(/\s+/g, ' ').trim()
