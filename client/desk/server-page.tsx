/** The server, for its administrators: who is on it, and what is noted about them. */
import { DeskPage } from '#client/desk/desk-page.tsx'
import { SERVER_VIEWS } from '#client/desk/views.ts'

const ServerPage = () => <DeskPage title="This server" views={SERVER_VIEWS} />
export default ServerPage
