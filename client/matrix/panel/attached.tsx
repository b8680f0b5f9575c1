/** Claims that speak for a red line, a scenario or an indicator, or against it: attached, turned round, detached. */
import { createMemo, For, Show } from 'solid-js'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Icon } from '#client/ui/icon.tsx'
import { MenuButton, type MenuEntry } from '#client/ui/menu.tsx'
import { gradeOf, type Attachment } from '#shared/claims.ts'
import { attachmentRecords } from '#shared/document/claims.ts'
import { newId, type AttachmentId, type ClaimId } from '#shared/ids.ts'

interface Props {
  readonly to: Attachment['to']
  readonly subjectId: string
  /** "this red line" */
  readonly named: string
}

/** Of a long list only the newest are offered. */
const OFFERED = 40

export const Attached = (props: Props) => {
  const { act, mayEdit, view } = useNegotiation()
  const all = createMemo(() =>
    view
      .records(attachmentRecords)
      .filter(({ subjectId, to }) => to === props.to && subjectId === props.subjectId),
  )
  const ids = (): readonly AttachmentId[] => all().map(({ id }) => id)
  const attach = (claimId: ClaimId): void => {
    const { subjectId, to } = props
    act('attach a claim', doc =>
      attachmentRecords.put(doc, newId<AttachmentId>(), { claimId, to, subjectId }),
    )
  }
  const others = (): readonly MenuEntry[] =>
    view
      .claims()
      .filter(({ id }) => !all().some(({ claimId }) => claimId === id))
      .slice(-OFFERED)
      .map(({ id, statement }) => ({ label: shortened(statement), run: () => attach(id) }))
  return (
    <div class="attached">
      <Show
        when={ids().length > 0}
        fallback={<p class="field-none">No claim speaks for or against it yet.</p>}
      >
        <ul class="claims" aria-label={`Claims about ${props.named}`}>
          <For each={ids()}>
            {id => (
              <Show when={all().find(it => it.id === id)}>
                {attachment => <AttachedClaim attachment={attachment()} />}
              </Show>
            )}
          </For>
        </ul>
      </Show>
      <Show when={mayEdit() && others().length > 0}>
        <MenuButton class="add" label={`Attach a claim to ${props.named}`} entries={others}>
          <Icon name="link" /> Attach a claim
        </MenuButton>
      </Show>
    </div>
  )
}

const shortened = (text: string): string => (text.length > 70 ? `${text.slice(0, 68)}…` : text)

const AttachedClaim = (props: { readonly attachment: Attachment }) => {
  const { act, mayEdit, view } = useNegotiation()
  const claim = () => view.claim(props.attachment.claimId)
  const grade = (): string => {
    const found = claim()
    return found ? gradeOf(found, found.sourceId ? view.source(found.sourceId) : undefined) : ''
  }
  const turn = (): void => {
    const { id, isAgainst } = props.attachment
    act(isAgainst ? 'let a claim speak for it' : 'let a claim speak against it', doc =>
      attachmentRecords.set(doc, id, { isAgainst: !isAgainst }),
    )
  }
  const detach = (): void => {
    const { id } = props.attachment
    act('detach a claim', doc => attachmentRecords.remove(doc, id))
  }
  return (
    <Show when={claim()}>
      {found => (
        <li class="claim">
          <span class="grade">
            <span class="unseen">Grade </span>
            {grade()}
          </span>
          <div>
            <p dir="auto">{found().statement}</p>
            <p class="claim-source">
              <Show
                when={mayEdit()}
                fallback={props.attachment.isAgainst ? 'speaks against it' : 'speaks for it'}
              >
                <button
                  type="button"
                  class="attached-side"
                  aria-pressed={props.attachment.isAgainst}
                  data-tip={
                    props.attachment.isAgainst ? 'Let it speak for it' : 'Let it speak against it'
                  }
                  onClick={turn}
                >
                  {props.attachment.isAgainst ? 'speaks against it' : 'speaks for it'}
                </button>
              </Show>
              <Show when={found().status !== 'reported'}> · {found().status}</Show>
            </p>
          </div>
          <Show when={mayEdit()}>
            <button
              type="button"
              class="button quiet icon small"
              aria-label="Detach this claim"
              data-tip="Detach"
              onClick={detach}
            >
              <Icon name="close" />
            </button>
          </Show>
        </li>
      )}
    </Show>
  )
}
