'use client'

import type { BranchInfo, BranchTree } from '../../server/history.ts'
import { useTranslations } from '../i18n/translations.tsx'
import { useBranches } from './branches.tsx'
import styles from './history.module.css'

/** What goes with a branch, and what stays; asked where the branch stands. */
export function RemoveQuestion({ branch, tree, onDone }: {
  readonly branch: BranchInfo
  readonly tree: BranchTree
  readonly onDone: () => void
}) {
  const t = useTranslations('history')
  const { remove, busy } = useBranches()
  const standing = tree.branches.filter(({ parentId }) => parentId === branch.id)
  const names = standing.map(({ name }) => name).join(t('comma'))
  return (
    <div className={styles.question} role="group" aria-label={t('remove', { branch: branch.name })}>
      <p>
        {t('removeQuestion', { branch: branch.name })}
        {standing.length > 0 ? <> {t('removeStanding', { names })}</> : null}
      </p>
      <span className={styles.answers}>
        <button className="button button-small" autoFocus onClick={onDone}>{t('removeNo')}</button>
        <button
          className="button button-small" disabled={busy}
          onClick={() => void remove(branch.id).then(onDone)}
        >
          {t('removeYes')}
        </button>
      </span>
    </div>
  )
}
