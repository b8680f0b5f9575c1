/** Secrets that are told once, in a link or to a program: what is stored of one is its hash. */
import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits, in words that stand in an address as they are. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** SHA-256, in hex: nothing slower is needed for what nobody can guess. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')
