/** The pages behind a share link, complete and without a script. Whatever comes from outside is escaped by `html`. */
import { html } from 'hono/html'
import type { SharedCell, SharedIssue, SharedPage, Step } from '#shared/pages/shared-page.ts'

export const STYLE_PATH = '/s/page.css'

type Html = ReturnType<typeof html>

interface Head {
  readonly title: string
  readonly body: Html
  /** '' for none. */
  readonly classification?: string
}

const page = ({ body, classification = '', title }: Head): Html =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow, noarchive" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="stylesheet" href="${STYLE_PATH}" />
      </head>
      <body>
        ${classification === '' ? '' : html`<header>${line(classification)}</header>`}
        <main>${body}</main>
        ${classification === '' ? '' : html`<footer>${line(classification)}</footer>`}
      </body>
    </html>`

const line = (classification: string): Html =>
  html`<p class="classification" dir="auto">${classification}</p>`

interface Shown {
  readonly page: SharedPage
  readonly classification: string
  readonly at: number
  /** Whether it is a snapshot, or the tracker as it is. */
  readonly isPast: boolean
}

export const matrixPage = ({ at, classification, isPast, page: shown }: Shown): Html =>
  page({
    title: shown.title,
    classification,
    body: html`
      <header class="head">
        <h1 dir="auto">${shown.title}</h1>
        ${
          shown.description.trim() === ''
            ? ''
            : html`<p class="description" dir="auto">${shown.description}</p>`
        }
        <p class="when">
          ${isPast ? 'As it was on' : 'As it is on'}
          <time datetime="${new Date(at).toISOString()}">${exactly.format(at)} UTC</time>
        </p>
      </header>
      ${
        shown.baskets.length === 0 || shown.parties.length === 0
          ? html`<p class="empty">Nothing stands in this tracker yet.</p>`
          : matrix(shown)
      }
      ${legend}
    `,
  })

const matrix = ({ baskets, parties }: SharedPage): Html =>
  // In a narrow window the table falls apart into blocks, and browsers then forget what it was: hence the roles.
  html`<table role="table">
    <thead role="rowgroup">
      <tr role="row">
        <th role="columnheader" scope="col">Issue</th>
        ${parties.map(name => html`<th role="columnheader" scope="col"><bdi>${name}</bdi></th>`)}
      </tr>
    </thead>
    ${baskets.map(
      ({ issues, title }) =>
        html`<tbody role="rowgroup">
          <tr class="basket" role="row">
            <th role="rowheader" scope="rowgroup" colspan="${parties.length + 1}">
              <span dir="auto">${title}</span>
            </th>
          </tr>
          ${issues.map(issue => row(issue, parties))}
        </tbody>`,
    )}
  </table>`

const row = ({ cells, description, scale, title }: SharedIssue, parties: readonly string[]): Html =>
  html`<tr role="row">
    <th role="rowheader" scope="row">
      <span class="issue" dir="auto">${title}</span>
      ${description.trim() === '' ? '' : html`<span class="about" dir="auto">${description}</span>`}
      ${scale === '' ? '' : html`<span class="scale" dir="auto">${scale}</span>`}
    </th>
    ${cells.map(
      (cell, index) =>
        html`<td role="cell">
          <span class="party" dir="auto">${parties[index]}</span>
          ${cell ? cellContent(cell) : html`<span class="unknown">Unknown</span>`}
        </td>`,
    )}
  </tr>`

const cellContent = ({ position, range, scope, stance, step, steps }: SharedCell): Html =>
  html`${steps.length === 0 ? '' : bar(steps)}
    <span class="stance"
      ><b dir="auto">${stance}</b
      >${step === '' ? '' : html`<span class="step">, ${step}</span>`}</span
    >
    ${scope === '' ? '' : html`<span class="scope" dir="auto">${scope}</span>`}
    ${position.trim() === '' ? '' : html`<span class="position" dir="auto">${position}</span>`}
    ${range === '' ? '' : html`<span class="range" dir="auto">${range}</span>`}`

const bar = (steps: readonly Step[]): Html =>
  html`<span class="bar" aria-hidden="true"
    >${steps.map(
      ({ isInRange, isReached }) =>
        html`<i
          class="${[isReached && 'reached', isInRange && 'within'].filter(Boolean).join(' ')}"
        ></i>`,
    )}</span
  >`

const legend = html`<section class="legend">
  <h2>How to read this</h2>
  <dl>
    <dt>
      <span class="bar" aria-hidden="true"
        ><i class="reached"></i><i class="reached within"></i><i class="within"></i><i></i
      ></span>
      The bar
    </dt>
    <dd>
      How far up the issue’s scale the party stands; underlined, what lies between what it hopes for
      and what it would still take.
    </dd>
    <dt>reportedly … (unnamed official, via …)</dt>
    <dd>Whose word a position is, how it was hedged, and whether anybody has confirmed it.</dd>
    <dt>On the agenda</dt>
    <dd>Named as a subject; no position is known.</dd>
    <dt>Unknown</dt>
    <dd>Nothing is known. It does not mean that the party is neutral.</dd>
  </dl>
</section>`

export const passwordPage = (problem: '' | 'wrong' | { readonly minutes: number }): Html =>
  page({
    title: 'Password',
    body: html`<form class="door" method="post">
      <h1>This page has a password</h1>
      <label for="password">Password</label>
      <input
        id="password"
        name="password"
        type="password"
        autocomplete="off"
        maxlength="128"
        required
        autofocus
        ${problem === '' ? '' : html`aria-invalid="true" aria-describedby="problem"`}
      />
      ${problem === '' ? '' : html`<p id="problem" role="alert">${problemWords(problem)}</p>`}
      <button type="submit">Show the page</button>
    </form>`,
  })

const problemWords = (problem: 'wrong' | { readonly minutes: number }): string =>
  problem === 'wrong'
    ? 'This is not the password. Check it, or ask whoever sent the link.'
    : `Too many wrong passwords. Try again in ${problem.minutes === 1 ? 'a minute' : `${problem.minutes} minutes`}.`

export const nothingPage: Html = page({
  title: 'Nothing here',
  body: html`<div class="door">
    <h1>This link shows nothing</h1>
    <p>
      It may have been copied in part, or whoever made it has taken it back, or it is too old or was
      looked at often enough. Ask them for another.
    </p>
  </div>`,
})

export const busyPage: Html = page({
  title: 'Wait a minute',
  body: html`<div class="door">
    <h1>Too many looks at once</h1>
    <p>Wait a minute, then load this page again.</p>
  </div>`,
})

const exactly = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: 'UTC',
})
