/** One cell of the matrix, drawn from as few elements as its content needs. */
import { createMemo, For, Match, Show, Switch, type Accessor } from 'solid-js'
import { useGrid } from '#client/matrix/grid.ts'
import { hasFoot, hasStanceLine, isCut } from '#client/matrix/measure.ts'
import { pointLabel } from '#client/matrix/scale.ts'
import { Stance } from '#client/matrix/stance.tsx'
import { isBlank, LEVEL_LABELS, type Cell } from '#shared/cells.ts'
import { bestGrade, gradeOf } from '#shared/claims.ts'
import type { IssueId, PartyId } from '#shared/ids.ts'
import type { Issue } from '#shared/issues.ts'
import { RED_LINE_KIND_LABELS, RED_LINE_OPERATOR_LABELS, type RedLine } from '#shared/redlines.ts'
import '#client/matrix/cell.css'

interface Props {
  readonly issueId: IssueId
  readonly issue: Accessor<Issue | undefined>
  readonly row: Accessor<number>
  readonly partyId: PartyId
}

export const MatrixCell = (props: Props) => {
  const grid = useGrid()
  const { issueId, partyId } = props
  const column = (): number => grid.sheet.columnIndex(partyId)
  const cell = createMemo(() => grid.view.cell(issueId, partyId))
  const lines = createMemo(() => grid.view.redLines(issueId, partyId))
  const mark = createMemo(() => grid.marks()?.cell(issueId, partyId))
  const isCurrent = (): boolean => {
    const current = grid.marks()?.current?.()
    return current?.issueId === issueId && current.partyId === partyId
  }
  const isSelected = (): boolean => {
    const { top, bottom, start, end } = grid.range()
    const [row, at] = [props.row(), column()]
    return row >= top && row <= bottom && at >= start && at <= end
  }
  return (
    <div
      class="cell"
      classList={{ current: isCurrent(), unmarked: grid.marks() !== undefined && !mark() }}
      role="gridcell"
      id={grid.elementId({ row: issueId, column: partyId })}
      aria-colindex={column() + 2}
      aria-selected={isSelected()}
      aria-readonly={!grid.mayEdit()}
      data-column={partyId}
      data-knowledge={cell().knowledge}
      data-mark={mark()?.kind}
      style={{ 'inset-inline-start': `${grid.sheet.columnLeft(partyId)}px` }}
    >
      <Show when={mark()}>{found => <span class="unseen">{found().label}: </span>}</Show>
      <Show
        when={mark() && grid.marks()?.renderCell?.(issueId, partyId)}
        fallback={<Content cell={cell()} issue={props.issue()} />}
      >
        {drawn => drawn()}
      </Show>
      <For each={lines()}>{line => <LineMark line={line} issue={props.issue()} />}</For>
      <Show when={grid.isLive}>
        <Others issueId={issueId} partyId={partyId} />
      </Show>
    </div>
  )
}

const Content = (props: { readonly cell: Cell; readonly issue: Issue | undefined }) => {
  const grid = useGrid()
  return (
    <Switch
      fallback={
        <>
          <Show when={hasStanceLine(props.cell)}>
            <Stance cell={props.cell} issue={props.issue} />
          </Show>
          <Show when={props.cell.position !== ''}>
            <div
              class="position"
              classList={{ cut: isCut(props.cell.position, grid.sheet.sizes()) }}
              dir="auto"
            >
              {props.cell.position}
            </div>
          </Show>
          <Show when={hasFoot(props.cell)}>
            <Foot cell={props.cell} />
          </Show>
        </>
      }
    >
      <Match when={props.cell.knowledge === 'not_applicable' && props.cell.position === ''}>
        <span class="blank dash" role="img" aria-label="not applicable" title="Not applicable" />
      </Match>
      <Match when={isBlank(props.cell)}>
        <span class="blank" role="img" aria-label="unknown" title="Unknown" />
      </Match>
    </Switch>
  )
}

const Foot = (props: { readonly cell: Cell }) => {
  const grid = useGrid()
  const best = createMemo(() =>
    bestGrade(
      props.cell.claimIds.flatMap(id => {
        const claim = grid.view.claim(id)
        if (!claim) return []
        return [gradeOf(claim, claim.sourceId ? grid.view.source(claim.sourceId) : undefined)]
      }),
    ),
  )
  const many = (): number => props.cell.claimIds.length
  return (
    <div class="cell-foot">
      <Show when={props.cell.confidence}>
        {level => (
          <span
            class="confidence"
            data-level={level()}
            role="img"
            aria-label={`confidence ${LEVEL_LABELS[level()].toLowerCase()}`}
            title={`Confidence: ${LEVEL_LABELS[level()].toLowerCase()}`}
          />
        )}
      </Show>
      <Show when={many() > 0}>
        <span title={`${many() === 1 ? 'One claim' : `${many()} claims`}, best grade ${best()}`}>
          {many()} · {best()}
        </span>
      </Show>
    </div>
  )
}

/** A line that sets a least guards the low side, one that sets a most the high side of the scale. */
const LineMark = (props: { readonly line: RedLine; readonly issue: Issue | undefined }) => {
  const words = (): string => {
    const { kind, operator, point, statement, soft } = props.line
    const label = pointLabel(props.issue?.scale.points ?? [], point)
    return [
      `${soft ? 'Soft: ' : ''}${RED_LINE_KIND_LABELS[kind]}`,
      label && `${RED_LINE_OPERATOR_LABELS[operator]} ${label}`,
      statement,
    ]
      .filter(Boolean)
      .join(' · ')
  }
  return (
    <span
      class="red-line"
      classList={{ soft: props.line.soft }}
      data-operator={props.line.operator}
      role="img"
      aria-label={words()}
      title={words()}
    />
  )
}

const Others = (props: { readonly issueId: IssueId; readonly partyId: PartyId }) => {
  const { negotiation } = useGrid()
  return (
    <For each={negotiation.peopleAt(props.issueId, props.partyId)}>
      {person => (
        <span
          class="here"
          classList={{
            editing: person.place?.editing === true,
            idle: person.idle,
            [`person-${person.account.colour}`]: true,
          }}
        >
          <span class="here-name">
            {person.account.name}
            <span class="unseen">{person.place?.editing ? ' is writing here' : ' is here'}</span>
          </span>
        </span>
      )}
    </For>
  )
}
