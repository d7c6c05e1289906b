'use client'

import type { ReactNode } from 'react'
import { LabMoment } from '../lab/moment.tsx'
import { BranchesProvider } from './branches.tsx'

/** A lab's past and branches, for everything on the lesson page. */
export function LabHistory({ children }: { readonly children: ReactNode }) {
  return (
    <LabMoment>
      <BranchesProvider>{children}</BranchesProvider>
    </LabMoment>
  )
}
