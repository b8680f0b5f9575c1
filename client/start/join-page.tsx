import '#client/start/start.css'

const JoinPage = () => (
  <main class="start">
    <h1>Join</h1>
  </main>
)
export default JoinPage
