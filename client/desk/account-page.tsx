/** My account: how I get in, and from where I am in. */
import { DeskPage } from '#client/desk/desk-page.tsx'
import { ACCOUNT_VIEWS } from '#client/desk/views.ts'

const AccountPage = () => <DeskPage title="Your account" views={ACCOUNT_VIEWS} />
export default AccountPage
