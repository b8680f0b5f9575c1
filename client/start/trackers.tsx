import '#client/start/start.css'

const TrackersPage = () => (
  <main class="start">
    <h1>Trackers</h1>
  </main>
)
export default TrackersPage
