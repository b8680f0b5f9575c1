/** A person as initials in their own colour; a picture, so drawn by the style sheet and no text of the page. */
import '#client/ui/avatar.css'

interface Props {
  readonly name: string
  /** 0 to 11: `--person-…`. */
  readonly colour: number
  readonly faded?: boolean
  readonly small?: boolean
}

export const Avatar = (props: Props) => (
  <span
    class="avatar"
    classList={{ faded: props.faded === true, small: props.small === true }}
    style={{ '--person': `var(--person-${props.colour})` }}
    data-initials={initials(props.name) || '?'}
    aria-hidden="true"
  />
)

/** Of the first and the last word; whole letters also where one takes several code units. A remark is no name. */
export const initials = (name: string): string => {
  const words = name
    .replace(/\s\([^()]*\)\s*$/, '')
    .trim()
    .split(/\s+/)
    .filter(Boolean)
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words
  return chosen.map(word => [...(word ?? '')][0]?.toUpperCase() ?? '').join('')
}
