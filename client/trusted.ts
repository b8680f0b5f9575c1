/**
 * The only places where text becomes markup or the address of a script. The content security policy lets a page have one
 * policy for trusted types, by this name, and nothing else write markup: whatever gets into a text stays text.
 */

interface Policy {
  readonly createHTML: (text: string) => string
  readonly createScriptURL: (address: string) => string
}
interface TrustedTypes {
  readonly createPolicy: (name: string, rules: Policy) => Policy
}

const rules: Policy = { createHTML: text => text, createScriptURL: address => address }
const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes }
/** Browsers without trusted types take text as it is. */
const policy = trustedTypes?.createPolicy('parley', rules) ?? rules

/** Markup that a compiled component brings along. */
export const trustedTemplate = (markup: string): string => policy.createHTML(markup)

/** Another program's markup as a document of its own, which is never shown and runs nothing. */
export const documentOf = (markup: string): Document =>
  new DOMParser().parseFromString(policy.createHTML(markup), 'text/html')

/** A worker of ours, by the address that the build gave its file. */
export const startWorker = (address: string): Worker => {
  const own = new URL(address, location.href)
  if (own.origin !== location.origin) throw new Error('A worker comes from Parley’s own address')
  return new Worker(policy.createScriptURL(own.href), { type: 'module' })
}
