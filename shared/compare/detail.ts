/** One line of a change: what stood there, and what stands there now. */
export interface Detail {
  /** `prose` is written by hand, so worth comparing word by word. */
  readonly kind: 'stance' | 'value' | 'prose' | 'red_line'
  readonly name: string
  /** '' where there was nothing. */
  readonly was: string
  readonly is: string
}

export const line = (
  name: string,
  was: string,
  is: string,
  kind: Detail['kind'] = 'value',
): Detail => ({ kind, name, was, is })

/** A change as one sentence: "Stance: was Declared sites only, now Wide access; Position edited". */
export const inWords = (details: readonly Detail[]): string =>
  details
    .map(({ is, kind, name, was }) => {
      if (was === '') return kind === 'prose' ? `${name} written` : `${name}: ${is}`
      if (is === '') return kind === 'prose' ? `${name} emptied` : `${name} removed, was ${was}`
      return kind === 'prose' ? `${name} edited` : `${name}: was ${was}, now ${is}`
    })
    .join('; ')
