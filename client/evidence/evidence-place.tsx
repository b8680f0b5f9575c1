/** The evidence: on what positions rest, beside the matrix that shows them. */
import { createMemo, Show, Suspense } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { createEvidenceAddress } from '#client/evidence/address.ts'
import { VIEWS, type EvidenceViewProps } from '#client/evidence/views.ts'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Segments } from '#client/ui/segments.tsx'
import { notify } from '#client/ui/toaster.tsx'
import '#client/evidence/evidence.css'

export default function EvidencePlace(props: Pick<EvidenceViewProps, 'jump'>) {
  const negotiation = useNegotiation()
  let dismiss: (() => void) | undefined
  const address = createEvidenceAddress()
  const shown = createMemo(
    () => VIEWS.find(({ name }) => name === address.place().view) ?? VIEWS[0],
  )
  /** As in the matrix; a field takes back its own typing. */
  const onKeyDown = (event: KeyboardEvent): void => {
    const key = event.key.toLowerCase()
    const isStep = (event.ctrlKey || event.metaKey) && !event.altKey && /^[zy]$/.test(key)
    const isField = event.target instanceof Element && event.target.matches('input, textarea')
    if (!isStep || isField || event.defaultPrevented) return
    event.preventDefault()
    const isRedo = key === 'y' || event.shiftKey
    const step = isRedo ? negotiation.redo() : negotiation.undo()
    dismiss?.()
    dismiss = notify({
      text: step
        ? `${isRedo ? 'Done again' : 'Undone'}: ${step.label}`
        : `Nothing of yours to ${isRedo ? 'do again' : 'undo'}`,
    })
  }
  return (
    <section
      class="evidence-place"
      aria-label="Evidence"
      onKeyDown={onKeyDown}
      // A file that misses the place for it would be opened instead of this page.
      onDragOver={event => event.preventDefault()}
      onDrop={event => event.preventDefault()}
    >
      <nav class="evidence-views" aria-label="Views of the evidence">
        <Segments
          label="View"
          names={VIEWS.map(({ name }) => name)}
          labelOf={name => VIEWS.find(view => view.name === name)?.label ?? name}
          chosen={shown()?.name ?? ''}
          onChoose={view => address.go({ view })}
        />
      </nav>
      <Suspense>
        <Show when={shown()}>
          {view => <Dynamic component={view().View} address={address} jump={props.jump} />}
        </Show>
      </Suspense>
    </section>
  )
}
