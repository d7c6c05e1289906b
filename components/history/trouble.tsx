'use client'

import { useTranslations } from '../i18n/translations.tsx'
import type { BranchProblem } from './branches.tsx'
import styles from './history.module.css'

/** What the server refused, where it was asked for. */
export function Trouble({ problem }: { readonly problem: BranchProblem }) {
  const errors = useTranslations('errors')
  return <p className={styles.trouble} role="alert">{errors(problem)}</p>
}
