import type { ReactNode } from 'react'

/** The language decides the real root, `[locale]/layout.tsx`; this one only passes pages on. */
export default function RootLayout({ children }: { readonly children: ReactNode }) {
  return children
}
