/** Which dialog about compartments is asked for: menus and pages ask, the frame shows it. */
import { createSignal } from 'solid-js'
import type { Subject } from '#shared/compartments.ts'

export type Asked =
  | { readonly is: 'compartments' }
  /** `called`: what people call it, '' where it has no name. */
  | { readonly is: 'move'; readonly subject: Subject; readonly called: string }

export const [asked, setAsked] = createSignal<Asked>()

export const askToMove = (subject: Subject, called: string): void =>
  void setAsked({ is: 'move', subject, called })
