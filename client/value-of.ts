import type { Resource } from 'solid-js'

/**
 * What a resource holds, while it asks again too. Reading the resource itself would suspend the page: what is on the
 * screen would be taken off it, and an open dialog would lose its place above the rest.
 */
export const valueOf = <T>(resource: Resource<T>): T | undefined =>
  resource.state === 'ready' || resource.state === 'refreshing' ? resource.latest : undefined
