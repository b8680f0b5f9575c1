/** One cell on a page. */
import { Index, Show, type JSX } from 'solid-js'
import { StanceBar } from '#client/matrix/stance.tsx'
import { Icon } from '#client/ui/icon.tsx'
import type { Entry } from '#shared/pages/entry.ts'

interface Props {
  readonly entry: Entry
  readonly title: string
  /** The page of what the entry is about. */
  readonly href: string
  /** Goes to the cell in the matrix. */
  readonly onJump: () => void
  /** What stands under the title. */
  readonly children?: JSX.Element
}

export const PageEntry = (props: Props) => (
  <article class="page-entry" aria-label={props.title}>
    <header class="page-entry-head">
      <h3 dir="auto">
        <a href={props.href}>{props.title}</a>
      </h3>
      <button
        type="button"
        class="button quiet icon small"
        aria-label={`${props.title}: show in the matrix`}
        data-tip="Show in the matrix"
        onClick={() => props.onJump()}
      >
        <Icon name="right" />
      </button>
    </header>
    {props.children}
    <p class="page-stance">
      {/* Drawn once for what it is given. */}
      <Show when={props.entry} keyed>
        {entry => <StanceBar cell={entry.cell} scale={entry.scale} />}
      </Show>
      <strong dir="auto">{props.entry.stance}</strong>
      <Show when={props.entry.step}>
        <span class="page-faint">{props.entry.step}</span>
      </Show>
      <NoteNumbers numbers={props.entry.notes} />
    </p>
    <Show when={props.entry.position}>
      <p class="page-position" dir="auto">
        {props.entry.position}
      </p>
    </Show>
    <Show when={props.entry.range}>
      <p dir="auto">Range: {props.entry.range}</p>
    </Show>
    <Show when={props.entry.scope}>
      <p dir="auto">Scope: {props.entry.scope}</p>
    </Show>
    <Index each={props.entry.redLines}>
      {line => (
        <p class="page-line" classList={{ soft: line().isSoft }} dir="auto">
          <strong>{line().words}</strong>
          <Show when={line().statement}> “{line().statement}”</Show>
          <Show when={line().circumstances}>
            <span class="page-faint"> ({line().circumstances})</span>
          </Show>
          <NoteNumbers numbers={line().notes} />
          <Show when={line().notesAgainst.length > 0}>
            <span class="page-faint"> against</span>
            <NoteNumbers numbers={line().notesAgainst} />
          </Show>
        </p>
      )}
    </Index>
    <Show when={props.entry.judgements.length > 0}>
      <p class="page-faint">{props.entry.judgements.join(' · ')}</p>
    </Show>
    <Index each={props.entry.cautions}>
      {caution => (
        <p class="page-caution" dir="auto">
          {caution()}
        </p>
      )}
    </Index>
  </article>
)

const NoteNumbers = (props: { readonly numbers: readonly number[] }) => (
  <Show when={props.numbers.length > 0}>
    <sup class="page-notes-of">
      <Index each={props.numbers}>
        {(number, index) => (
          <>
            {index > 0 ? ', ' : ''}
            <a href={`#note-${number()}`} aria-label={`Claim ${number()}`} on:click={toNote}>
              {number()}
            </a>
          </>
        )}
      </Index>
    </sup>
  </Show>
)

/** By hand: an address with a mark in it would be another page to the router. */
const toNote = (event: MouseEvent): void => {
  event.preventDefault()
  const note = document.getElementById((event.currentTarget as HTMLAnchorElement).hash.slice(1))
  note?.scrollIntoView({ block: 'center' })
  note?.focus({ preventScroll: true })
}
