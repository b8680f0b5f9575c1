/** Whether a request comes from Parley's own pages: other sites may not act in a visitor's name. */

/**
 * A browser says where a request comes from; a script without a browser says nothing and carries nobody's cookie by
 * accident. Behind a proxy `Host` can be anything, so a configured public address is compared instead.
 */
export const isOwnOrigin = (headers: Headers, publicUrl: URL | undefined): boolean => {
  const origin = headers.get('origin')
  if (origin === null) return (headers.get('sec-fetch-site') ?? 'same-origin') === 'same-origin'
  if (publicUrl) return origin === publicUrl.origin
  const host = headers.get('host')
  return host !== null && URL.parse(origin)?.host === host.toLowerCase()
}

/**
 * The same at the door of the sockets, which a browser opens for any site and with the visitor's cookies, but never without
 * its origin: a cookie that comes without one is no page's of ours.
 */
export const mayConnect = (headers: Headers, publicUrl: URL | undefined): boolean =>
  isOwnOrigin(headers, publicUrl) && (headers.has('origin') || !headers.has('cookie'))
