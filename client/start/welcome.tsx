import '#client/start/start.css'

const WelcomePage = () => (
  <main class="start">
    <h1>Welcome</h1>
  </main>
)
export default WelcomePage
