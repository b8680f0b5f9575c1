/** Who I am on this server, and how I get in. */
import { CloseAccount } from '#client/account/close-account.tsx'
import { Name } from '#client/account/name.tsx'
import { Password } from '#client/account/password.tsx'
import '#client/account/account.css'

const SignInView = () => (
  <div class="account">
    <ul class="account-list" aria-label="Your account">
      <Name />
      <Password />
      <CloseAccount />
    </ul>
  </div>
)
export default SignInView
