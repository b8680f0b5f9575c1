/** What goes over HTTP of compartments. */
import { z } from 'zod'
import { id, role } from '#shared/api.ts'
import { MAX_COMPARTMENT_NAME, MOVABLE, OUTSIDERS_SEE } from '#shared/compartments.ts'

const name = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(MAX_COMPARTMENT_NAME, `must have at most ${MAX_COMPARTMENT_NAME} characters`)
const outsidersSee = z.enum(OUTSIDERS_SEE)

export const newCompartment = z
  .object({ name, outsidersSee: outsidersSee.default('nothing') })
  .meta({ id: 'NewCompartment' })
export const compartmentChange = z
  .object({ name, outsidersSee })
  .partial()
  .meta({ id: 'CompartmentChange' })

export const compartment = z
  .object({
    id,
    name: z.string(),
    outsidersSee,
    /** Whether I may rename it, and add and remove members; an owner also moves things into it. */
    mayManage: z.boolean(),
    members: z.array(z.object({ accountId: id, name: z.string(), role })),
  })
  .meta({ id: 'Compartment' })
export type ApiCompartment = z.infer<typeof compartment>

export const compartments = z
  .object({
    compartments: z.array(compartment),
    /** How many others there are of which everybody may know that something is withheld. */
    withheld: z.number().int(),
  })
  .meta({ id: 'Compartments' })
export type ApiCompartments = z.infer<typeof compartments>

/** What to put into a compartment. */
export const moving = z.object({ kind: z.enum(MOVABLE), id }).meta({ id: 'Moving' })
