/** What every page is asked: is it accessible, does it fit its window, is any of its text cut off. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
)

/** Each fault that axe finds, in a line that says where. */
export const accessibilityFaults = async (page: Page): Promise<readonly string[]> => {
  // What is still changing its colours has neither the old contrast nor the new.
  await page.waitForFunction(
    () => !document.getAnimations().some(animation => animation instanceof CSSTransition),
  )
  // Evaluated, not loaded: the page's own policy on scripts stays as it is.
  await page.evaluate(axeSource)
  const { violations } = await page.evaluate<AxeResults>('axe.run(document)')
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
  )
}

/** Texts that do not fit where they stand, unless they end in an ellipsis; and whether the page scrolls sideways. */
export const cutTexts = (page: Page): Promise<readonly string[]> => page.evaluate(findCutTexts)

/** Runs in the page. */
const findCutTexts = (): readonly string[] => {
  const found: string[] = []
  const { scrollWidth, clientWidth } = document.documentElement
  if (scrollWidth > clientWidth) found.push(`The page is ${scrollWidth - clientWidth} px too wide`)
  for (const element of document.body.querySelectorAll<HTMLElement>('*')) {
    const words = [...element.childNodes].some(
      node => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim() !== '',
    )
    const style = getComputedStyle(element)
    const isShown = element.checkVisibility() && style.color !== 'rgba(0, 0, 0, 0)'
    if (!words || !isShown || element.closest('.unseen')) continue
    const hides = style.overflowX === 'hidden' || style.overflowX === 'clip'
    const isMarked = style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none'
    if (hides && !isMarked && element.scrollWidth > element.clientWidth + 1)
      found.push(`Cut off: “${element.textContent?.trim().slice(0, 60)}”`)
    const box = element.getBoundingClientRect()
    const isFixed = element.closest('button, h1, h2, h3, label, a')
    if (isFixed && box.width > 0 && box.right > innerWidth + 1 && !element.closest('[role=grid]'))
      found.push(`Beyond the edge: “${element.textContent?.trim().slice(0, 60)}”`)
  }
  return found
}
