/** A tracker as files: out as JSON or CSV, and positions in from a CSV. */
import { api, wordsOf } from '#client/api.ts'
import { download } from '#client/ui/download.ts'
import type { MenuEntry } from '#client/ui/menu.tsx'
import { notify } from '#client/ui/toaster.tsx'
import type { ImportReport } from '#shared/api.ts'

export const exportEntries = (trackerId: string): readonly MenuEntry[] => [
  {
    label: 'Export all, with its snapshots (JSON)',
    run: () => download(`/api/trackers/${trackerId}/export.json`),
  },
  {
    label: 'Export the matrix (CSV)',
    run: () => download(`/api/trackers/${trackerId}/export.csv`),
  },
]

/** Asks for a file; nothing happens where none is chosen. */
export const pickFile = (accept: string, take: (file: File) => Promise<void>): void => {
  const picker = document.createElement('input')
  picker.type = 'file'
  picker.accept = accept
  picker.addEventListener('change', () => {
    const file = picker.files?.[0]
    if (!file) return
    take(file).catch((error: unknown) =>
      notify({ tone: 'warning', text: `“${file.name}” was not imported. ${wordsOf(error)}` }),
    )
  })
  picker.click()
}

export const importCsv = (trackerId: string): void =>
  pickFile('.csv,text/csv', async file => {
    const path = `/api/trackers/${trackerId}/import`
    const report = await api.upload<ImportReport>(path, file, 'text/csv')
    notify({ tone: report.refused.length > 0 ? 'warning' : 'plain', text: reportWords(report) })
  })

/** What an import did, and what it left out. */
export const reportWords = (report: ImportReport): string => {
  const done = [
    counted(report.cells, 'cell', 'cells', 'written'),
    counted(report.issuesAdded, 'issue', 'issues', 'added'),
    counted(report.partiesAdded, 'party', 'parties', 'added'),
  ].filter(Boolean)
  const first = report.refused[0]
  const left = first
    ? ` ${counted(report.refused.length, 'value', 'values', 'left out')}, the first in row ${first.row}, column “${first.column}”: “${first.value}”.`
    : ''
  const back = report.safety ? ' A snapshot from before is in the history.' : ''
  return `${done.length > 0 ? `${done.join(', ')}.` : 'Nothing new in this file.'}${left}${back}`
}

const counted = (count: number, one: string, many: string, done: string): string =>
  count === 0 ? '' : `${count} ${count === 1 ? one : many} ${done}`
