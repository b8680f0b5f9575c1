/** What of an address that somebody typed may become a link. */

const PROTOCOLS: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:'])

/**
 * Where a click may lead; undefined for everything else, which stays text. An address with characters that nobody sees, or
 * with a name before the host, reads otherwise than it leads.
 */
export const linkOf = (address: string): string | undefined => {
  const typed = address.trim()
  if (/[\p{Cc}\p{Cf}\s]/u.test(typed)) return undefined
  const url = URL.parse(typed)
  if (!url || !PROTOCOLS.has(url.protocol) || url.username !== '' || url.password !== '')
    return undefined
  return url.href
}
