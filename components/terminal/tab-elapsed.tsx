'use client'

import { useVirtualNow } from '../lab/virtual-now.ts'
import { useLab } from '../lab/lab-provider.tsx'
import { formatSeconds } from '../timeline/moment.ts'
import styles from './terminal.module.css'

const SHOWN_AFTER_MILLIS = 1_000
const EVERY_MILLIS = 200

/** How long a tab's command has been running, in the lab's time. */
export function TabElapsed({ sinceMillis }: { readonly sinceMillis: number }) {
  const { state } = useLab()
  const elapsed = useVirtualNow(state.clock, EVERY_MILLIS) - sinceMillis
  if (elapsed < SHOWN_AFTER_MILLIS) return null
  return <span className={`${styles.elapsed} figures`}>{formatSeconds(elapsed)} s</span>
}
