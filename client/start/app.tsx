/** What stands around every page. */
import type { RouteSectionProps } from '@solidjs/router'
import { ErrorBoundary, Suspense } from 'solid-js'
import { Broken } from '#client/start/broken.tsx'
import { MenuHost } from '#client/ui/menu.tsx'
import { Toaster } from '#client/ui/toaster.tsx'
import { TooltipHost } from '#client/ui/tooltip.tsx'

export const App = (props: RouteSectionProps) => (
  <>
    <ErrorBoundary fallback={error => <Broken error={error} />}>
      <Suspense>{props.children}</Suspense>
    </ErrorBoundary>
    <Toaster />
    <MenuHost />
    <TooltipHost />
  </>
)
