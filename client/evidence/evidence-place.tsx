/** The evidence: on what positions rest, beside the matrix that shows them. */
import { createMemo, Show, Suspense } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { createEvidenceAddress } from '#client/evidence/address.ts'
import { VIEWS, type EvidenceViewProps } from '#client/evidence/views.ts'
import { Segments } from '#client/ui/segments.tsx'
import '#client/evidence/evidence.css'

export default function EvidencePlace(props: Pick<EvidenceViewProps, 'jump'>) {
  const address = createEvidenceAddress()
  const shown = createMemo(
    () => VIEWS.find(({ name }) => name === address.place().view) ?? VIEWS[0],
  )
  return (
    <section class="evidence-place" aria-label="Evidence">
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
