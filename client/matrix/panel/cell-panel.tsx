/** One cell at length: its words, what is known, where the party stands, how far it could move, and on what that rests. */
import { createMemo, Show } from 'solid-js'
import { Reconsider } from '#client/evidence/reconsider.tsx'
import { createReconsidered } from '#client/evidence/reconsidered.ts'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Choice } from '#client/matrix/panel/choice.tsx'
import { Claims } from '#client/matrix/panel/claims.tsx'
import { Contested } from '#client/matrix/panel/contested.tsx'
import { Ladder } from '#client/matrix/panel/ladder.tsx'
import { Line } from '#client/matrix/panel/line.tsx'
import { LongText } from '#client/matrix/panel/long-text.tsx'
import { RedLines } from '#client/matrix/panel/red-lines.tsx'
import { GapSection } from '#client/outlook/gap-list.tsx'
import { CellCrossings } from '#client/redlines/crossing.tsx'
import {
  FLEXIBILITIES,
  FLEXIBILITY_LABELS,
  KNOWLEDGE,
  KNOWLEDGE_LABELS,
  LEVEL_LABELS,
  LEVELS,
  SCOPE_LABELS,
  SCOPES,
  type Cell,
  type CellField,
} from '#shared/cells.ts'
import { setCell } from '#shared/document/cells.ts'
import { pointAt } from '#shared/document/numeric.ts'
import type { IssueId, PartyId } from '#shared/ids.ts'
import type { Scale } from '#shared/issues.ts'

interface Props {
  readonly issueId: IssueId
  readonly partyId: PartyId
}

const CONFIDENCE_HINTS = {
  low: 'Thin or single basis',
  moderate: 'Credible, not corroborated',
  high: 'Several independent origins',
} as const

const hasScale = (scale: Scale | undefined): Scale | undefined =>
  scale && (scale.isNumeric || scale.points.length > 0) ? scale : undefined

export const CellPanel = (props: Props) => {
  const { act, mayEdit, view } = useNegotiation()
  const { issueId, partyId } = props
  const cell = createMemo(() => view.cell(issueId, partyId))
  const issue = createMemo(() => view.issue(issueId))
  const disabled = (): boolean => !mayEdit()
  const set = (label: string, values: Partial<Pick<Cell, CellField>>): void =>
    void act(label, doc => setCell(doc, issueId, partyId, values))
  const reconsidered = createReconsidered({ issueId, partyId })
  return (
    <>
      <Reconsider reconsidered={reconsidered} />
      <LongText
        owner={{ issueId, partyId }}
        label={`Position of ${view.party(partyId)?.name ?? 'the party'}`}
        text={cell().position}
        placeholder="Where they stand, in words"
      />
      <Choice
        label="Known"
        values={KNOWLEDGE}
        labels={KNOWLEDGE_LABELS}
        value={cell().knowledge}
        disabled={disabled()}
        onChoose={value =>
          value && set(`mark as “${KNOWLEDGE_LABELS[value]}”`, { knowledge: value })
        }
      />
      <Show when={hasScale(issue()?.scale)}>
        {scale => (
          <Ladder
            scale={scale()}
            cell={cell()}
            disabled={disabled()}
            onChoose={(place, point) =>
              set(place === 'stance' ? 'set the stance' : 'set the range', { [place]: point })
            }
            onNumber={(place, value) =>
              void act(place === 'stance' ? 'set the stance' : 'set the range', doc =>
                setCell(doc, issueId, partyId, { [place]: pointAt(doc, issueId, value) }),
              )
            }
          />
        )}
      </Show>
      <Choice
        label="Scope"
        values={SCOPES}
        labels={SCOPE_LABELS}
        value={cell().scope}
        mayBeEmpty
        disabled={disabled()}
        onChoose={scope => set('set the scope', { scope })}
      />
      <Show when={cell().scope === 'only_after' || cell().scopeNote !== ''}>
        <Line
          label={cell().scope === 'only_after' ? 'Only after' : 'On the scope'}
          labelled
          value={cell().scopeNote}
          disabled={disabled()}
          onWrite={scopeNote => set('note on the scope', { scopeNote })}
        />
      </Show>
      <Choice
        label="Flexibility"
        values={FLEXIBILITIES}
        labels={FLEXIBILITY_LABELS}
        value={cell().flexibility}
        mayBeEmpty
        disabled={disabled()}
        onChoose={flexibility => set('set the flexibility', { flexibility })}
      />
      <Choice
        label="Weight to them"
        values={LEVELS}
        labels={LEVEL_LABELS}
        value={cell().salience}
        mayBeEmpty
        disabled={disabled()}
        onChoose={salience => set('set the weight', { salience })}
      />
      <Choice
        label="Our confidence"
        values={LEVELS}
        labels={LEVEL_LABELS}
        hints={CONFIDENCE_HINTS}
        value={cell().confidence}
        mayBeEmpty
        disabled={disabled()}
        onChoose={confidence => set('set the confidence', { confidence })}
      />
      <RedLines issueId={issueId} partyId={partyId} issue={issue()} />
      <CellCrossings issueId={issueId} partyId={partyId} />
      <Claims issueId={issueId} partyId={partyId} claimIds={cell().claimIds} />
      <Contested cell={cell()} />
      <GapSection issueId={issueId} partyId={partyId} />
    </>
  )
}
