/** The page of last resort: something that we did not foresee. */
import '#client/start/start.css'

export const Broken = (props: { readonly error: unknown }) => (
  <main class="start-form">
    <p class="start-mark">Parley</p>
    <div class="start-body" role="alert">
      <h1>This page stopped working</h1>
      <p class="start-lead">
        What was saved is safe on the server. Load the page again to go on; if this comes back, tell
        whoever runs this server.
      </p>
      <p class="start-detail">{String(props.error)}</p>
      <p class="start-actions">
        <button type="button" class="button primary" onClick={() => location.reload()}>
          Load the page again
        </button>
        <a class="button" href="/">
          Go to my trackers
        </a>
      </p>
    </div>
  </main>
)
