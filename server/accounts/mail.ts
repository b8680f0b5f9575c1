/** Sending mail: over the SMTP server that the environment names, and not at all without one. */
import { createTransport } from 'nodemailer'

export interface Letter {
  readonly to: string
  readonly subject: string
  readonly text: string
}

export interface Mail {
  /** Resolves once the mail server has taken it. */
  readonly send: (letter: Letter) => Promise<void>
  readonly close: () => void
}

/** As an address of nodemailer: smtp://… begins in the clear and changes to TLS where offered, smtps://… is TLS. */
export interface MailSettings {
  readonly url: string
  readonly from: string
}

const PATIENCE = 15_000

export const openMail = ({ from, url }: MailSettings): Mail => {
  const transport = createTransport({
    url,
    connectionTimeout: PATIENCE,
    greetingTimeout: PATIENCE,
    socketTimeout: PATIENCE,
    // What a letter says comes from here alone: nothing is fetched for it.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    send: async ({ subject, text, to }) => {
      // An object, so that no address in a field becomes several.
      await transport.sendMail({ from, to: { name: '', address: to }, subject, text })
    },
    close: () => transport.close(),
  }
}

/** What may be told of it: no name and no password. */
export const mailServer = ({ from, url }: MailSettings): { server: string; from: string } => {
  const { host, protocol } = new URL(url)
  return { server: `${protocol}//${host}`, from }
}
