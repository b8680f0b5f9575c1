/** An address that leads nowhere. */
import { A } from '@solidjs/router'
import { StartPage } from '#client/start/start-page.tsx'

const NotFoundPage = () => (
  <StartPage
    title="There is nothing at this address"
    lead="It may have been typed wrong, or cut in half by a mail program."
  >
    <p class="start-actions">
      <A class="button primary" href="/">
        Go to my trackers
      </A>
    </p>
  </StartPage>
)
export default NotFoundPage
