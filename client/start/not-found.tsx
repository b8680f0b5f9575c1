import '#client/start/start.css'

const NotFoundPage = () => (
  <main class="start">
    <h1>There is nothing here</h1>
  </main>
)
export default NotFoundPage
