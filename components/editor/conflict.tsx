'use client'

import { useTranslations } from '../i18n/translations.tsx'
import { Warning } from '../ui/icons.tsx'
import type { EditorFiles, OpenFile } from './editor-files.ts'
import styles from './editor.module.css'

/** Two versions of one file: shown in place, and nothing is decided for the reader. */
export function Conflict({
  file,
  files,
}: {
  readonly file: OpenFile
  readonly files: EditorFiles
}) {
  const t = useTranslations('editor')
  return (
    <div className={styles.conflict} role="alert">
      <Warning />
      <p>
        <strong>{t('conflict', { path: file.path })}</strong> {t('conflictMore')}
      </p>
      <span>
        <button className="button button-small" onClick={() => files.keepMine(file.path)}>
          {t('keepMine')}
        </button>
        <button className="button button-small" onClick={() => files.takeTheirs(file.path)}>
          {t('takeTheirs')}
        </button>
      </span>
    </div>
  )
}

export function Problem({ file }: { readonly file: OpenFile }) {
  const t = useTranslations('editor')
  if (!file.problem) return null
  const reason = t(file.problem === 'bad-path' ? 'badPath' : 'limit')
  return (
    <div className={styles.problem} role="alert">
      <Warning />
      <p>{t('refused', { path: file.path, reason })}</p>
    </div>
  )
}
