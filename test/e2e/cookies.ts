/** A session made over HTTP, for a browser. */
import type { Person } from '#test/server/harness.ts'

export const cookiesOf = ({ cookie }: Pick<Person, 'cookie'>, url: string) =>
  cookie.split('; ').map(pair => {
    const at = pair.indexOf('=')
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url }
  })
