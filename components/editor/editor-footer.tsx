'use client'

import { useState } from 'react'
import { useTranslations } from '../i18n/translations.tsx'
import { useLab } from '../lab/lab-provider.tsx'
import { Undo } from '../ui/icons.tsx'
import { applyCommand } from './editor-pane.tsx'
import { canSave, isUnsaved, type EditorFiles, type OpenFile } from './editor-files.ts'
import styles from './editor.module.css'

/** What can be done with the file, and with the whole lesson. */
export function EditorFooter({
  file,
  files,
  apply,
}: {
  readonly file: OpenFile | undefined
  readonly files: EditorFiles | null
  readonly apply: (path: string) => void
}) {
  const t = useTranslations('editor')
  const [asking, setAsking] = useState(false)
  if (asking) return <ResetQuestion onDone={() => setAsking(false)} />
  const unsaved = file !== undefined && isUnsaved(file)
  return (
    <div className={styles.footer}>
      <span className={styles.state}>
        {file === undefined
          ? ''
          : file.base === null
            ? t('gone', { path: file.path })
            : unsaved
              ? t('unsaved')
              : t('saved')}
      </span>
      <ResetButton onClick={() => setAsking(true)} />
      <button
        className="button button-small"
        disabled={!unsaved || !canSave(file)}
        onClick={() => {
          if (file) files?.save(file.path)
        }}
      >
        {t('save')}
      </button>
      <button
        className="button button-small button-primary"
        disabled={!file || !files || file.theirs !== null}
        title={file ? t('applyTitle', { command: applyCommand(file.path) }) : undefined}
        onClick={() => {
          if (file) apply(file.path)
        }}
      >
        {t('apply')}
      </button>
    </div>
  )
}

function ResetButton({ onClick }: { readonly onClick: () => void }) {
  const t = useTranslations('lesson')
  const { id } = useLab()
  return (
    <button className="button button-small button-bare" disabled={id === null} onClick={onClick}>
      <Undo />
      {t('reset')}
    </button>
  )
}

/** The confirmation stands where the button was; the old lab is kept as another branch. */
function ResetQuestion({ onDone }: { readonly onDone: () => void }) {
  const t = useTranslations('lesson')
  const { reset } = useLab()
  const [working, setWorking] = useState(false)
  const begin = async () => {
    setWorking(true)
    await reset()
    onDone()
  }
  return (
    <div className={styles.footer} role="group" aria-label={t('reset')}>
      <span className={styles.question}>{t('resetQuestion')}</span>
      <button className="button button-small" disabled={working} autoFocus onClick={onDone}>
        {t('resetNo')}
      </button>
      <button
        className="button button-small button-primary"
        disabled={working}
        onClick={() => void begin()}
      >
        {working ? t('resetting') : t('resetYes')}
      </button>
    </div>
  )
}
