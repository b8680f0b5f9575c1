/** Passkeys, as the browser makes and uses them. What asks the browser comes when it is needed. */
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/browser'

/** Only pages at a name, and only over https or on this machine, may have passkeys. */
export const canUseKeys = (): boolean =>
  'PublicKeyCredential' in globalThis && !/^[\d.]+$|:/.test(location.hostname)

const webauthn = () => import('@simplewebauthn/browser')

export type KeyOptions = PublicKeyCredentialCreationOptionsJSON
export type AskOptions = PublicKeyCredentialRequestOptionsJSON

export const makeKey = async (optionsJSON: KeyOptions): Promise<RegistrationResponseJSON> =>
  (await webauthn()).startRegistration({ optionsJSON })

/** In the list that the browser opens by itself, or with a question of its own. */
export const askForKey = async (
  optionsJSON: AskOptions,
  where: 'list' | 'question',
): Promise<AuthenticationResponseJSON> =>
  (await webauthn()).startAuthentication({ optionsJSON, useBrowserAutofill: where === 'list' })

/** Whether the browser offers passkeys in the list under the field of the address. */
export const hasKeyList = async (): Promise<boolean> =>
  (await webauthn()).browserSupportsWebAuthnAutofill()

/** What the browser refused, in words; undefined for anything else. */
export const keyWordsOf = (error: unknown): string | undefined => {
  if (!(error instanceof Error)) return undefined
  if (error.name === 'InvalidStateError')
    return 'This device holds a passkey for your account already.'
  if (error.name === 'NotAllowedError' || error.name === 'AbortError')
    return 'No passkey was given: it was cancelled, or took too long.'
  return undefined
}
