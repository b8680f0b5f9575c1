/** The pages of a stranger: what Parley is on one side, one form on the other. */
import { createEffect, type JSX } from 'solid-js'
import { Specimen } from '#client/start/specimen.tsx'
import '#client/start/start.css'

interface Props {
  readonly title: string
  readonly lead?: JSX.Element
  readonly children: JSX.Element
}

export const StartPage = (props: Props) => {
  createEffect(() => {
    document.title = `${props.title} · Parley`
  })
  return (
    <div class="start">
      <main class="start-form">
        <p class="start-mark">Parley</p>
        <div class="start-body">
          <h1>{props.title}</h1>
          <p class="start-lead">{props.lead}</p>
          {props.children}
        </div>
        <p class="start-foot">Runs on this server alone. Nothing is sent anywhere else.</p>
      </main>
      <Specimen />
    </div>
  )
}
