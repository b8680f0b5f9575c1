/** The page of last resort: something that we did not foresee. */
import '#client/start/start.css'

export const Broken = (props: { readonly error: unknown }) => (
  <main class="start">
    <div class="start-body">
      <h1>This page stopped working</h1>
      <p class="lead">
        What was saved is safe on the server. Load the page again to go on; if this comes back, tell
        whoever runs this server.
      </p>
      <p class="start-detail">{String(props.error)}</p>
      <p>
        <button type="button" class="button primary" onClick={() => location.reload()}>
          Load the page again
        </button>
      </p>
    </div>
  </main>
)
