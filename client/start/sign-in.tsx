import '#client/start/start.css'

const SignInPage = () => (
  <main class="start">
    <h1>Sign in</h1>
  </main>
)
export default SignInPage
