/** Starts the client: which page an address shows. */
import { Route, Router } from '@solidjs/router'
import { lazy } from 'solid-js'
import { render } from 'solid-js/web'
import '#client/ui/base.css'
import { App } from '#client/start/app.tsx'

const Trackers = lazy(() => import('#client/start/trackers.tsx'))
const SignIn = lazy(() => import('#client/start/sign-in.tsx'))
const Welcome = lazy(() => import('#client/start/welcome.tsx'))
const Join = lazy(() => import('#client/start/join-page.tsx'))
const NotFound = lazy(() => import('#client/start/not-found.tsx'))
const Tracker = lazy(() => import('#client/matrix/tracker-page.tsx'))

const root = document.querySelector('#app')
if (root)
  render(
    () => (
      <Router root={App}>
        <Route path="/" component={Trackers} />
        <Route path="/sign-in" component={SignIn} />
        <Route path="/welcome" component={Welcome} />
        <Route path="/join/:token" component={Join} />
        <Route path="/t/:trackerId" component={Tracker} />
        <Route path="*" component={NotFound} />
      </Router>
    ),
    root,
  )
