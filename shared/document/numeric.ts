/** Scales of numbers in the document: a number becomes a point, and an ordered scale becomes a numeric one and back. */
import type * as Y from 'yjs'
import { issueRecords } from '#shared/document/issues.ts'
import { addPoint, pointRecords, pointsByIssue } from '#shared/document/scales.ts'
import { newId, type IssueId, type PointId } from '#shared/ids.ts'
import { byValue, numberWords, parseNumber } from '#shared/issues.ts'

/** The point of an issue's scale that stands for the number; it is made where there is none. Its number is its place. */
export const pointAt = (doc: Y.Doc, issueId: IssueId, value: number): PointId =>
  doc.transact(() => {
    const known = pointsByIssue(doc)
      .get(issueId)
      ?.find(point => point.value === value)
    if (known) return known.id
    const id = newId<PointId>()
    addPoint(doc, id, issueId, '')
    pointRecords.set(doc, id, { value })
    return id
  })

/**
 * Makes a scale numeric, or one of ordered steps again. All its points stay, and so do the positions on them: on the way to
 * numbers a point whose name is one stands for it, on the way back they keep the order in which they were shown.
 */
export const setNumeric = (doc: Y.Doc, issueId: IssueId, isNumeric: boolean): void =>
  doc.transact(() => {
    const unit = issueRecords.read(doc, issueId)?.scaleUnit ?? ''
    const points = pointsByIssue(doc).get(issueId) ?? []
    issueRecords.set(doc, issueId, { scaleIsNumeric: isNumeric })
    if (isNumeric) {
      for (const { id, label, value } of points) {
        const number = parseNumber(label, unit)
        if (number !== undefined && (value ?? number) === number)
          pointRecords.set(doc, id, { value: number, label: '' })
      }
      return
    }
    const ranks = points.map(({ rank }) => rank)
    for (const [index, point] of points.toSorted(byValue).entries()) {
      const { id, label, value } = point
      pointRecords.set(doc, id, {
        ...(point !== points[index] && { rank: ranks[index] }),
        ...(label === '' && value !== null && { label: numberWords(value, unit) }),
      })
    }
  })
