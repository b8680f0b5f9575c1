/** A page beside the trackers, with views of one subject: my account, or the server. */
import { A, useNavigate, useSearchParams } from '@solidjs/router'
import { createEffect, Show, Suspense } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import type { DeskView } from '#client/desk/views.ts'
import { AccountMenu } from '#client/people/account-menu.tsx'
import { session } from '#client/session.ts'
import { Segments } from '#client/ui/segments.tsx'
import { valueOf } from '#client/value-of.ts'
import '#client/desk/desk.css'

interface DeskPageProps {
  readonly title: string
  readonly views: readonly DeskView[]
}

export const DeskPage = (props: DeskPageProps) => {
  const navigate = useNavigate()
  const [query, setQuery] = useSearchParams<{ view?: string }>()
  const shown = (): DeskView | undefined =>
    props.views.find(({ name }) => name === query.view) ?? props.views[0]
  createEffect(() => {
    document.title = `${props.title} · Parley`
    if (session.state === 'ready' && !session().account)
      navigate(`/sign-in?return=${encodeURIComponent(location.pathname)}`, { replace: true })
  })
  return (
    <Show when={valueOf(session)?.account}>
      <div class="desk">
        <header class="desk-bar">
          <A class="start-mark" href="/">
            Parley
          </A>
          <AccountMenu />
        </header>
        <main class="desk-body">
          <h1>{props.title}</h1>
          <nav class="desk-views" aria-label={`Views of ${props.title}`}>
            <Segments
              label="View"
              names={props.views.map(({ name }) => name)}
              labelOf={name => props.views.find(view => view.name === name)?.label ?? name}
              chosen={shown()?.name ?? ''}
              onChoose={view => setQuery({ view })}
            />
          </nav>
          <Suspense>
            <Show when={shown()}>{view => <Dynamic component={view().View} />}</Show>
          </Suspense>
        </main>
      </div>
    </Show>
  )
}
