/** What every answer tells a browser not to do with it, whoever gives it: a route, a file, the door of the sockets. */

/** Features of a browser that Parley has no use for, and so no script that got in either. */
const UNUSED = [
  'accelerometer',
  'autoplay',
  'camera',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'screen-wake-lock',
  'serial',
  'usb',
  'xr-spatial-tracking',
] as const
const USED = [
  'clipboard-read',
  'clipboard-write',
  'publickey-credentials-create',
  'publickey-credentials-get',
] as const

const policy = (rules: readonly string[]): string => rules.join('; ')

/** For what is data and never a page, also where somebody opens it as one. */
const DATA_POLICY = policy([
  "default-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  'sandbox',
])

/**
 * For the client's own files. The nonce is for the style sheets that the text editor makes while it runs; the one name of
 * `trusted-types` is that of client/trusted.ts, the only way by which text can become markup or the address of a script.
 */
export const pagePolicy = (nonce?: string): string =>
  policy([
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self'${nonce === undefined ? '' : ` 'nonce-${nonce}'`}`,
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types parley',
  ])

export const PROTECTION: Readonly<Record<string, string>> = {
  'content-security-policy': DATA_POLICY,
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'permissions-policy': [
    ...UNUSED.map(name => `${name}=()`),
    ...USED.map(name => `${name}=(self)`),
  ].join(', '),
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
}

/** A whole answer in bytes, for requests that never become one: nobody can be sure what they were. */
export const rawAnswer = (status: string): string =>
  [
    `HTTP/1.1 ${status}`,
    ...Object.entries(PROTECTION).map(([name, value]) => `${name}: ${value}`),
    'connection: close',
    'content-length: 0',
    '\r\n',
  ].join('\r\n')
