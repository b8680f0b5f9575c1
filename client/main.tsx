/** Starts the client: which page an address shows. */
import { Route, Router } from '@solidjs/router'
import { render } from 'solid-js/web'
import '#client/ui/base.css'
import { App } from '#client/start/app.tsx'
import { late, reloadWhenOutdated } from '#client/ui/late.ts'

const Trackers = late(() => import('#client/start/trackers.tsx'))
const SignIn = late(() => import('#client/start/sign-in.tsx'))
const Welcome = late(() => import('#client/start/welcome.tsx'))
const Join = late(() => import('#client/start/join-page.tsx'))
const Register = late(() => import('#client/start/register-page.tsx'))
const Forgotten = late(() => import('#client/start/forgotten-page.tsx'))
const Reset = late(() => import('#client/start/reset-page.tsx'))
const Account = late(() => import('#client/desk/account-page.tsx'))
const Server = late(() => import('#client/desk/server-page.tsx'))
const NotFound = late(() => import('#client/start/not-found.tsx'))
const Tracker = late(() => import('#client/matrix/tracker-page.tsx'))

reloadWhenOutdated()

const root = document.querySelector('#app')
if (root)
  render(
    () => (
      <Router root={App}>
        <Route path="/" component={Trackers} />
        <Route path="/sign-in" component={SignIn} />
        <Route path="/welcome" component={Welcome} />
        <Route path="/join/:token" component={Join} />
        <Route path="/sign-up" component={Register} />
        <Route path="/forgotten" component={Forgotten} />
        <Route path="/reset/:token" component={Reset} />
        <Route path="/account" component={Account} />
        <Route path="/server" component={Server} />
        <Route path="/t/:trackerId" component={Tracker} />
        <Route path="*" component={NotFound} />
      </Router>
    ),
    root,
  )
