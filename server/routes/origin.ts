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
