/** A name reads as what it is: one line, and nobody else's mark. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newAccount, newGroup } from '#shared/api.ts'
import { faultInName, MAX_NAME_LENGTH, nearestName } from '#shared/person-names.ts'
import { newServiceAccount } from '#shared/tokens-api.ts'

const account = (name: string) => ({ name, email: 'a@example.org', password: 'a long enough one' })

test.each([
  'Ada\n\nYour account is locked',
  'A\rda',
  'A\u0000da',
  'A\u2028da',
  'Ada \u202egro.elpmaxe',
  'Ada \u2066x',
  'Importer (service)',
  'Ada (Former  Member) ',
  'Ada ( service )',
])('%j is refused for a person, a group and a service account', name => {
  for (const said of [
    newAccount.safeParse(account(name)),
    newGroup.safeParse({ name }),
    newServiceAccount.safeParse({ name }),
  ])
    expect(said.error?.issues[0]?.message).toMatch(/^must (be one line|not end with)/)
})

test.each(['Ada Lovelace', 'بهاره', 'O’Brien-Šťastný', 'Ada (she)', '山田 太郎', 'Service'])(
  '%s is taken as it is',
  name => {
    expect(newAccount.parse(account(name)).name).toBe(name)
    expect(nearestName(name)).toBe(name)
  },
)

test('whatever a provider says becomes a name that could have been typed, or none', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), words => {
      const name = nearestName(words)
      expect(faultInName(name)).toBeUndefined()
      expect(name.length).toBeLessThanOrEqual(MAX_NAME_LENGTH)
      expect(name.isWellFormed()).toBe(true)
    }),
  )
  expect(nearestName('Ada\n (service) (former member)')).toBe('Ada')
})
