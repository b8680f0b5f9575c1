/** The tables of SQLite and PostgreSQL are the same, as far as a query or a row can tell. */
import { getTableName, is, Table, type InferInsertModel, type InferSelectModel } from 'drizzle-orm'
import { getTableConfig as ofPostgres, PgTable } from 'drizzle-orm/pg-core'
import { getTableConfig as ofSqlite, type SQLiteTable } from 'drizzle-orm/sqlite-core'
import { describe, expect, expectTypeOf, test } from 'vitest'
import * as postgres from '#drizzle/postgres/schema.ts'
import * as sqlite from '#drizzle/sqlite/schema.ts'

type Rows<Schema> = {
  [Name in keyof Schema]: Schema[Name] extends Table ? InferSelectModel<Schema[Name]> : never
}
type NewRows<Schema> = {
  [Name in keyof Schema]: Schema[Name] extends Table ? InferInsertModel<Schema[Name]> : never
}

test('their rows have the same types', () => {
  expectTypeOf<Rows<typeof postgres>>().toEqualTypeOf<Rows<typeof sqlite>>()
  expectTypeOf<NewRows<typeof postgres>>().toEqualTypeOf<NewRows<typeof sqlite>>()
})

/** What is the same in both dialects. An anonymous key's name differs, and means nothing. */
const shapeOf = (table: unknown) => {
  const config = is(table, PgTable) ? ofPostgres(table) : ofSqlite(table as SQLiteTable)
  const { columns, foreignKeys, indexes, name, primaryKeys, uniqueConstraints } = config
  const namesOf = (list: readonly { readonly name?: string }[]) => list.map(({ name }) => name)
  return {
    name,
    columns: columns.map(({ default: preset, name, notNull, primary, isUnique, dataType }) => ({
      name,
      preset,
      notNull,
      primary,
      isUnique,
      // What only one of them has a type of its own for.
      ...(['boolean', 'json', 'number'].includes(dataType) && { dataType }),
    })),
    primaryKeys: primaryKeys.map(({ columns }) => namesOf(columns)),
    uniques: uniqueConstraints.map(({ columns }) => namesOf(columns)),
    indexes: indexes.map(({ config }) => ({
      name: config.name,
      unique: config.unique ?? false,
      columns: namesOf(config.columns as readonly { readonly name?: string }[]),
    })),
    foreignKeys: foreignKeys.map(key => {
      const { columns, foreignColumns, foreignTable } = key.reference()
      return {
        columns: namesOf(columns),
        to: `${getTableName(foreignTable)} (${namesOf(foreignColumns).join()})`,
        onDelete: key.onDelete ?? 'no action',
        onUpdate: key.onUpdate ?? 'no action',
      }
    }),
  }
}

const tablesOf = (schema: object): ReadonlyMap<string, unknown> =>
  new Map(Object.entries(schema).filter(([, value]) => is(value, Table)))

describe('table for table', () => {
  const here = tablesOf(sqlite)
  const there = tablesOf(postgres)

  test('the same ones are there', () => {
    expect([...there.keys()].sort()).toEqual([...here.keys()].sort())
    expect(here.size).toBeGreaterThan(0)
  })

  test.each([...here.keys()])('%s has the same columns, keys and indexes', name => {
    expect(shapeOf(there.get(name))).toEqual(shapeOf(here.get(name)))
  })
})
