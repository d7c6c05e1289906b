'use client'

import { useId, useState } from 'react'
import type { BranchInfo } from '../../server/history.ts'
import { useTranslations } from '../i18n/translations.tsx'
import { useBranches } from './branches.tsx'
import styles from './history.module.css'

/** As many as the server keeps of a name. */
const NAME_CHARS = 40

/** The branch's name, edited where it stands. */
export function RenameForm({ branch, onDone }: {
  readonly branch: BranchInfo
  readonly onDone: () => void
}) {
  const t = useTranslations('history')
  const { rename, busy } = useBranches()
  const [name, setName] = useState(branch.name)
  const id = useId()
  const clean = name.trim()
  const save = async () => {
    if (clean === '' || clean === branch.name || await rename(branch.id, clean)) onDone()
  }
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        // The list stays; only the form goes.
        event.preventDefault()
        event.stopPropagation()
        onDone()
      }}
    >
      <label className="visually-hidden" htmlFor={id}>{t('newName')}</label>
      <input
        id={id} className={styles.field} value={name} maxLength={NAME_CHARS} autoFocus
        autoComplete="off" spellCheck={false} dir="auto"
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setName(event.target.value)}
      />
      <button className="button button-small" disabled={busy || clean === ''}>{t('save')}</button>
      <button type="button" className="button button-bare button-small" onClick={onDone}>
        {t('cancel')}
      </button>
    </form>
  )
}
