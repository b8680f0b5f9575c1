/** What people, service accounts and groups may be called: a line as it reads, which takes nobody for something else. */

/** The longest name, in UTF-16 units. */
export const MAX_NAME_LENGTH = 80

/** What stands behind a name where the account is no person any more, or never was one: said by the server alone. */
export const SERVICE_MARK = '(service)'
export const FORMER_MARK = '(former member)'

/** Line breaks and other controls, and what turns the direction of the words that follow. */
const UNREADABLE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu
const MARKED = /(?:\(\s*(?:service|former\s+member)\s*\)\s*)+$/iu

/** Why this cannot be a name; undefined for one that can. */
export const faultInName = (name: string): string | undefined => {
  if (name.search(UNREADABLE) >= 0) return 'must be one line without control characters'
  if (MARKED.test(name)) return `must not end with ${SERVICE_MARK} or ${FORMER_MARK}`
  return undefined
}

/** The nearest name, of words that come from elsewhere; may be empty. */
export const nearestName = (words: string): string => {
  const readable = words.replaceAll(UNREADABLE, ' ').replaceAll(/\s+/gu, ' ').trim()
  return readable.slice(0, MAX_NAME_LENGTH).toWellFormed().replace(MARKED, '').trim()
}
