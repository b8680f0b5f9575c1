/**
 * Which passwords are refused when they are set: those that are tried first. The list of known ones is a package's, so
 * that nobody is asked; what is made of one of them by the usual tricks is refused as well.
 */
import { SHORTEST_PASSWORD } from '#shared/passwords.ts'

export interface PasswordOf {
  readonly name: string
  readonly email: string
}

/** Why a password is refused, in words that say what to do. */
export class WeakPassword extends Error {}

/** Shorter parts of a name are in many good passwords. */
const SHORTEST_NAME = 3
/** So much has to be left when everything is taken away that is known of the person. */
const LEAST_BESIDES = 6

let known: Promise<ReadonlySet<string>> | undefined

const knownPasswords = (): Promise<ReadonlySet<string>> => {
  known ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) => new Set<string>(dictionary['passwords-common'].map(String)),
  )
  return known
}

export const refuseWeak = async (password: string, of: PasswordOf): Promise<void> => {
  const written = password.normalize('NFKC').toLowerCase()
  const unit = repeated(written)
  if (unit.length < SHORTEST_PASSWORD && unit !== written)
    throw new WeakPassword(
      'This password repeats a few characters. Choose another one; a few words together are strong and easy to keep.',
    )
  if (isRow(written) || (await isKnown(written)))
    throw new WeakPassword(
      'This password is among those that are tried first. Choose another one; a few words together are strong and easy to keep.',
    )
  if (besides(written, of).length < LEAST_BESIDES)
    throw new WeakPassword(
      'This password is your name or address with little else. Choose one that has nothing to do with you.',
    )
}

const isKnown = async (written: string): Promise<boolean> => {
  const passwords = await knownPasswords()
  const bare = written.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  return [written, bare].some(one => one !== '' && passwords.has(one))
}

/** The shortest part that a password is made of by saying it again and again: mostly the whole. */
const repeated = (written: string): string => {
  const at = (written + written).indexOf(written, 1)
  return written.slice(0, at)
}

/** `abcdefghijkl`, `987654321098`. */
const isRow = (written: string): boolean => {
  const letters = [...written]
  return [1, -1].some(step =>
    letters.every((letter, n) => n === 0 || follows(letters[n - 1] ?? '', letter, step)),
  )
}

const follows = (before: string, letter: string, step: number): boolean => {
  const next = (letter.codePointAt(0) ?? 0) - (before.codePointAt(0) ?? 0)
  return next === step || (before === '9' && letter === '0') || (before === '0' && letter === '9')
}

const besides = (written: string, { email, name }: PasswordOf): string => {
  const [user = '', host = ''] = email.toLowerCase().split('@')
  return [email, user, host, name, ...name.split(/\s+/), ...host.split('.'), 'parley']
    .map(word => word.normalize('NFKC').toLowerCase())
    .filter(word => word.length >= SHORTEST_NAME)
    .toSorted((a, b) => b.length - a.length)
    .reduce((left, word) => left.replaceAll(word, ''), written)
    .replace(/[^\p{L}\p{N}]/gu, '')
}
