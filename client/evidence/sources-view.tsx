/** All sources, and the page of one of them. */
import { createMemo, Show } from 'solid-js'
import { Panes } from '#client/evidence/panes.tsx'
import { SourceList } from '#client/evidence/source-list.tsx'
import { SourcePage } from '#client/evidence/source-page.tsx'
import type { EvidenceViewProps } from '#client/evidence/views.ts'
import { useNegotiation } from '#client/live/negotiation.ts'
import { isoDayOf } from '#client/ui/when.ts'
import { sourceRecords } from '#shared/document/sources.ts'
import { newId, type SourceId } from '#shared/ids.ts'

export default function SourcesView(props: EvidenceViewProps) {
  const { act, mayEdit, view } = useNegotiation()
  const chosen = createMemo(() => {
    const { source } = props.address.place()
    return source !== undefined && view.source(source) ? source : undefined
  })
  const add = (): void => {
    const id = newId<SourceId>()
    const today = isoDayOf(Date.now())
    if (act('add a source', doc => sourceRecords.put(doc, id, { seenAt: today, kind: 'report' })))
      props.address.toSource(id)
  }
  return (
    <Panes
      chosen={chosen()}
      back="All sources"
      onBack={() => props.address.go({ view: 'sources' })}
      list={
        <SourceList
          chosen={chosen()}
          mayAdd={mayEdit()}
          onAdd={add}
          onChoose={id => props.address.toSource(id)}
        />
      }
      page={
        <Show when={chosen()} keyed>
          {id => <SourcePage id={id} address={props.address} />}
        </Show>
      }
      hint={
        <p>
          A source is where a claim comes from: a report, a statement, a conversation. Choose one to
          read its text and to make claims of its words.
        </p>
      }
    />
  )
}
