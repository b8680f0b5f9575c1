/** Where somebody goes after signing in: the page that sent them here, where that is one of our own. */
export const returnPath = (wanted: unknown): string => {
  if (typeof wanted !== 'string' || !wanted.startsWith('/')) return '/'
  if (!URL.canParse(wanted, location.origin)) return '/'
  const url = new URL(wanted, location.origin)
  return url.origin === location.origin ? `${url.pathname}${url.search}` : '/'
}
