/** Who did it, and when: exactly, and how long ago. */
import { Avatar } from '#client/ui/avatar.tsx'
import { ago, exactly, minuteOf } from '#client/ui/when.ts'
import type { ApiAuthor } from '#shared/api.ts'

interface Props {
  readonly of: {
    readonly account: ApiAuthor
    readonly firstAt: number
    readonly lastAt: number
  }
  /** As whom they are told: a restore names two. */
  readonly name: string
}

export const MovementHead = (props: Props) => (
  <div class="movement-head">
    <Avatar small name={props.of.account.name} colour={props.of.account.colour} />
    <strong dir="auto">{props.name}</strong>
    <span class="movement-when">
      <time
        dateTime={new Date(props.of.lastAt).toISOString()}
        data-tip={spanOf(props.of.firstAt, props.of.lastAt)}
      >
        {minuteOf(props.of.lastAt)}
      </time>
      <span> · {ago(props.of.lastAt)}</span>
    </span>
  </div>
)

const spanOf = (firstAt: number, lastAt: number): string => {
  const [from, to] = [exactly(firstAt), exactly(lastAt)]
  return from === to ? to : `${from} to ${to}`
}
