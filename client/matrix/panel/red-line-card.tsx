/** One red line: in short, and opened with all that is known of it, each a change of its own. */
import { Show } from 'solid-js'
import { CompartmentWay } from '#client/compartments/mark.tsx'
import { useNegotiation } from '#client/live/negotiation.ts'
import { DateLine } from '#client/evidence/fields.tsx'
import { Attached } from '#client/matrix/panel/attached.tsx'
import { Choice } from '#client/matrix/panel/choice.tsx'
import { Line } from '#client/matrix/panel/line.tsx'
import { NumberField } from '#client/matrix/panel/number-field.tsx'
import { pointLabel } from '#client/matrix/scale.ts'
import { offerUndo } from '#client/matrix/undo-offer.ts'
import { softnessIn } from '#client/redlines/collisions.ts'
import { Icon } from '#client/ui/icon.tsx'
import { MenuButton, type MenuEntry } from '#client/ui/menu.tsx'
import { SOFTNESS_LABELS, type Softness } from '#shared/analysis/softness.ts'
import { sinceWords } from '#shared/calendar-words.ts'
import { pointAt } from '#shared/document/numeric.ts'
import { redLineRecords } from '#shared/document/redlines.ts'
import type { Issue } from '#shared/issues.ts'
import {
  PUBLICITIES,
  PUBLICITY_LABELS,
  RED_LINE_KIND_LABELS,
  RED_LINE_KINDS,
  RED_LINE_OPERATOR_LABELS,
  RED_LINE_OPERATORS,
  type RedLine,
} from '#shared/redlines.ts'

const KIND_LABELS = { ...RED_LINE_KIND_LABELS, undistinguished: 'Not distinguished' }
const WEIGHTS = ['hard', 'rhetorical'] as const
const WEIGHT_LABELS = { hard: 'Hard', rhetorical: 'Rhetorical' } as const
const WEIGHT_HINTS = { rhetorical: 'Said for effect, as the team judges it' } as const
const BASES = ['declared', 'inferred'] as const
const BASIS_LABELS = { declared: 'Declared', inferred: 'Inferred by the team' } as const

const softWords = (softness: Softness): string =>
  softness === 'rhetorical' ? 'is said for effect' : SOFTNESS_LABELS[softness]

/** "in private, to the mediators, since 2026-02 · rests on one origin" */
const traits = (line: RedLine, softness: Softness | null): string => {
  const { addressee, publicity, since } = line
  const said = [
    publicity && PUBLICITY_LABELS[publicity].toLowerCase(),
    addressee && `to ${addressee}`,
    since && sinceWords(since),
  ]
  return [said.filter(Boolean).join(', '), softness && softWords(softness)]
    .filter(Boolean)
    .join(' · ')
}

interface CardProps {
  readonly line: RedLine
  readonly issue: Issue | undefined
  readonly open: boolean
  readonly onToggle: () => void
}

export const RedLineCard = (props: CardProps) => {
  const negotiation = useNegotiation()
  const { mayEdit } = negotiation
  const softness = () => softnessIn(negotiation.view, props.line)
  const points = () => props.issue?.scale.points ?? []
  const label = () => pointLabel(points(), props.line.point)
  const set = (values: Partial<Omit<RedLine, 'id'>>): void => {
    const { id } = props.line
    negotiation.act('change a red line', doc => redLineRecords.set(doc, id, values))
  }
  const setNumber = (value: number): void => {
    const { id, issueId } = props.line
    negotiation.act('change a red line', doc =>
      redLineRecords.set(doc, id, { point: pointAt(doc, issueId, value) }),
    )
  }
  const lift = (): void => {
    const { id } = props.line
    negotiation.act('lift a red line', doc => redLineRecords.remove(doc, id))
    offerUndo(negotiation, 'Lifted a red line', () => void negotiation.undo())
  }
  const pointEntries = (): readonly MenuEntry[] => [
    ...points().map(point => ({
      label: point.label || 'Unnamed point',
      checked: point.id === props.line.point,
      run: () => set({ point: point.id }),
    })),
    null,
    { label: 'In words only', checked: props.line.point === null, run: () => set({ point: null }) },
  ]
  return (
    <div class="red-line-card" classList={{ soft: softness() !== null }}>
      <button
        type="button"
        class="red-line-head"
        aria-expanded={props.open}
        onClick={() => props.onToggle()}
      >
        <strong>
          {KIND_LABELS[props.line.kind]}
          {props.line.isInferred ? ', inferred' : ''}
        </strong>
        <Show when={label()}>
          <span>
            {RED_LINE_OPERATOR_LABELS[props.line.operator]} <em dir="auto">{label()}</em>
          </span>
        </Show>
        <Show when={!props.open && traits(props.line, softness())}>
          {words => <span class="red-line-traits">{words()}</span>}
        </Show>
        {/* Open, the wording stands below: a second one that grows would move what is being clicked. */}
        <Show when={!props.open && props.line.statement}>
          <span class="red-line-words" dir="auto">
            {props.line.statement}
          </span>
        </Show>
      </button>
      <Show when={props.open}>
        <div class="red-line-form">
          <Choice
            label="Kind"
            values={RED_LINE_KINDS}
            labels={KIND_LABELS}
            value={props.line.kind}
            disabled={!mayEdit()}
            onChoose={kind => kind && set({ kind })}
          />
          <Choice
            label="They accept"
            values={RED_LINE_OPERATORS}
            labels={RED_LINE_OPERATOR_LABELS}
            value={props.line.operator}
            disabled={!mayEdit()}
            onChoose={operator => operator && set({ operator })}
          />
          <div class="field">
            <span class="field-label">Point</span>
            <Show when={mayEdit()} fallback={<span dir="auto">{label() ?? 'In words only'}</span>}>
              <MenuButton
                class="button small"
                label={`Point: ${label() ?? 'In words only'}`}
                entries={pointEntries}
              >
                <span dir="auto">{label() ?? 'In words only'}</span>
                <Icon name="down" />
              </MenuButton>
              <Show when={props.issue?.scale.isNumeric && props.issue.scale}>
                {scale => (
                  <NumberField
                    class="line"
                    label="Point, as a number"
                    placeholder={`Type a number${scale().unit && `, in ${scale().unit}`}`}
                    unit={scale().unit}
                    onNumber={setNumber}
                  />
                )}
              </Show>
            </Show>
          </div>
          <Line
            label="Wording"
            labelled
            value={props.line.statement}
            disabled={!mayEdit()}
            onWrite={statement => set({ statement })}
          />
          <Choice
            label="Weight"
            values={WEIGHTS}
            labels={WEIGHT_LABELS}
            hints={WEIGHT_HINTS}
            value={props.line.soft ? 'rhetorical' : 'hard'}
            disabled={!mayEdit()}
            onChoose={weight => weight && set({ soft: weight === 'rhetorical' })}
          />
          <Choice
            label="Known from"
            values={BASES}
            labels={BASIS_LABELS}
            value={props.line.isInferred ? 'inferred' : 'declared'}
            disabled={!mayEdit()}
            onChoose={basis => basis && set({ isInferred: basis === 'inferred' })}
          />
          <Choice
            label="Said"
            values={PUBLICITIES}
            labels={PUBLICITY_LABELS}
            value={props.line.publicity}
            mayBeEmpty
            disabled={!mayEdit()}
            onChoose={publicity => set({ publicity })}
          />
          <Line
            label="To whom"
            labelled
            value={props.line.addressee}
            placeholder={mayEdit() ? 'The mediators, the other side …' : 'not said'}
            disabled={!mayEdit()}
            onWrite={addressee => set({ addressee })}
          />
          <DateLine
            label="Since"
            value={props.line.since}
            disabled={!mayEdit()}
            onWrite={since => set({ since })}
          />
          <h4>On what it rests</h4>
          <Show when={softness()}>
            {why => <p class="field-none">Drawn soft: it {softWords(why())}.</p>}
          </Show>
          <Attached to="redLine" subjectId={props.line.id} named="this red line" />
          <CompartmentWay
            of={redLineRecords}
            id={props.line.id}
            kind="redLine"
            called={props.line.statement}
          />
          <Show when={mayEdit()}>
            <button type="button" class="button small danger" onClick={lift}>
              Lift this line
            </button>
          </Show>
        </div>
      </Show>
    </div>
  )
}
