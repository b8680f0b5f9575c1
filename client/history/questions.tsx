/** Questions about one thing that changed, or all that are open: read by everybody, answered, and put out of the way. */
import { createEffect, createSignal, For, on, Show } from 'solid-js'
import type { Asking } from '#client/history/asking.ts'
import { PanelField, PanelForm } from '#client/history/panel-form.tsx'
import type { Spot } from '#client/matrix/marks.ts'
import { exactly, shortlyOf } from '#client/ui/when.ts'
import { isOpen, MAX_ANSWER_LENGTH, MAX_QUESTION_LENGTH, type Question } from '#shared/questions.ts'
import '#client/history/questions.css'

interface QuestionsProps {
  readonly asking: Asking
  /** The address of the thing. */
  readonly about: string
  /** Goes up when a key asks for the form. */
  readonly wanted?: number
}

export const Questions = (props: QuestionsProps) => {
  const [isAsking, setAsking] = createSignal(false)
  let button: HTMLButtonElement | undefined
  createEffect(
    on(
      () => props.wanted,
      () => setAsking(props.asking.mayAsk(props.about)),
      { defer: true },
    ),
  )
  return (
    <div class="questions">
      <QuestionList
        label="Questions about this"
        questions={props.asking.about(props.about)}
        asking={props.asking}
      />
      <Show when={props.asking.mayAsk(props.about)}>
        <Show
          when={isAsking()}
          fallback={
            <button
              ref={button}
              type="button"
              class="button quiet small question-ask"
              data-keys="q"
              onClick={() => setAsking(true)}
            >
              Ask a question…
            </button>
          }
        >
          <TextForm
            label="Question"
            verb="Ask"
            most={MAX_QUESTION_LENGTH}
            needed="Write the question."
            onSubmit={text => props.asking.ask(props.about, text)}
            onDone={() => {
              setAsking(false)
              button?.focus()
            }}
          />
        </Show>
      </Show>
    </div>
  )
}

/** All that are open, each with what it is about. */
export const OpenQuestions = (props: {
  readonly asking: Asking
  /** Brings a place into view. */
  readonly select: (spot: Spot) => void
}) => {
  const goTo = (about: string): void => {
    const spot = props.asking.spotOf(about)
    if (spot) props.select(spot)
  }
  const open = () => props.asking.all().filter(isOpen)
  return (
    <Show when={open().length > 0}>
      <section class="questions open-questions" aria-labelledby="open-questions">
        <h3 id="open-questions">
          {open().length === 1 ? '1 open question' : `${open().length} open questions`}
        </h3>
        <QuestionList label="Open questions" questions={open()} asking={props.asking} goTo={goTo} />
      </section>
    </Show>
  )
}

const QuestionList = (props: {
  readonly label: string
  readonly questions: readonly Question[]
  readonly asking: Asking
  readonly goTo?: (about: string) => void
}) => (
  <Show when={props.questions.length > 0}>
    <ul class="question-list" aria-label={props.label}>
      {/* By their ids: what somebody is writing stays while others answer. */}
      <For each={props.questions.map(({ id }) => id)}>
        {id => (
          <Show when={props.questions.find(question => question.id === id)}>
            {question => (
              <QuestionCard question={question()} asking={props.asking} goTo={props.goTo} />
            )}
          </Show>
        )}
      </For>
    </ul>
  </Show>
)

const QuestionCard = (props: {
  readonly question: Question
  readonly asking: Asking
  readonly goTo: ((about: string) => void) | undefined
}) => {
  const [isAnswering, setAnswering] = createSignal(false)
  const mayAnswer = (): boolean => props.asking.mayAsk(props.question.about)
  return (
    <li class="question" classList={{ resolved: !isOpen(props.question) }}>
      <Show when={props.goTo}>
        {goTo => (
          <button type="button" class="question-about" onClick={() => goTo()(props.question.about)}>
            <bdi>{props.asking.titleOf(props.question)}</bdi>
          </button>
        )}
      </Show>
      <p class="question-text">
        <bdi>{props.question.text}</bdi> <By name={props.question.by} at={props.question.at} />
      </p>
      <Show when={props.question.answer}>
        <p class="question-answer">
          <bdi>{props.question.answer}</bdi>{' '}
          <By name={props.question.answeredBy} at={props.question.answeredAt} />
        </p>
      </Show>
      <Show when={!isOpen(props.question)}>
        <p class="question-by">
          Resolved by <bdi>{props.question.resolvedBy}</bdi>, {shortlyOf(props.question.resolvedAt)}
        </p>
      </Show>
      <Show when={props.asking.mayResolve()}>
        <Show
          when={isAnswering() && mayAnswer()}
          fallback={
            <div class="question-deeds">
              <Show when={isOpen(props.question) && mayAnswer()}>
                <button type="button" class="button quiet small" onClick={() => setAnswering(true)}>
                  {props.question.answer ? 'Change the answer…' : 'Answer…'}
                </button>
              </Show>
              <button
                type="button"
                class="button quiet small"
                onClick={() => void props.asking.resolve(props.question, isOpen(props.question))}
              >
                {isOpen(props.question) ? 'Resolve' : 'Open again'}
              </button>
            </div>
          }
        >
          <TextForm
            label="Answer"
            verb="Answer"
            text={props.question.answer}
            most={MAX_ANSWER_LENGTH}
            needed="Write the answer."
            onSubmit={text => props.asking.answer(props.question, text)}
            onDone={() => setAnswering(false)}
          />
        </Show>
      </Show>
    </li>
  )
}

const By = (props: { readonly name: string; readonly at: number }) => (
  <span class="question-by">
    <bdi>{props.name}</bdi>,{' '}
    <time dateTime={new Date(props.at).toISOString()} title={exactly(props.at)}>
      {shortlyOf(props.at)}
    </time>
  </span>
)

const TextForm = (props: {
  readonly label: string
  readonly verb: string
  readonly text?: string
  readonly most: number
  readonly needed: string
  readonly onSubmit: (text: string) => Promise<unknown>
  readonly onDone: () => void
}) => {
  const [text, setText] = createSignal(props.text ?? '')
  return (
    <PanelForm
      label={`${props.verb} in your own name`}
      verb={props.verb}
      onSubmit={() => props.onSubmit(text().trim())}
      onDone={props.onDone}
    >
      <PanelField
        label={props.label}
        value={text()}
        onInput={setText}
        most={props.most}
        lines={2}
        needed={props.needed}
      />
    </PanelForm>
  )
}
