/** What compiled components are made of: Solid's own, except that their markup is trusted and no other is. */
import { template as solidTemplate } from 'solid-js/web'
import { trustedTemplate } from '#client/trusted.ts'

export * from 'solid-js/web'

export const template: typeof solidTemplate = (markup, ...kind) =>
  solidTemplate(trustedTemplate(markup), ...kind)
