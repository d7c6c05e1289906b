'use client'

import { useState } from 'react'
import type { WorkstationFile } from '../../simulator/lab-types.ts'
import { useTranslations } from '../i18n/translations.tsx'
import { TabList } from '../ui/tab-list.tsx'
import styles from './editor.module.css'

/** The workstation's files as they stood at an earlier moment. Nothing can be edited. */
export function PastFiles({ files }: { readonly files: readonly WorkstationFile[] }) {
  const t = useTranslations('editor')
  const [chosen, setChosen] = useState<string | null>(null)
  const file = files.find(({ path }) => path === chosen) ?? files[0]
  return (
    <div className={styles.past}>
      <div className={styles.bar}>
        <TabList
          label={t('pastFiles')} prefix="past-file" chosen={file?.path ?? ''} onChoose={setChosen}
          tabs={files.map(({ path }) => ({
            id: path, label: <span translate="no">{path}</span>,
          }))}
        />
      </div>
      <div
        className={styles.pastText} role="tabpanel" id={`past-file-panel-${file?.path ?? ''}`}
        aria-labelledby={`past-file-tab-${file?.path ?? ''}`} tabIndex={0}
      >
        {file ? <NumberedLines text={file.text} /> : <p className={styles.message}>{t('noFiles')}</p>}
      </div>
    </div>
  )
}

function NumberedLines({ text }: { readonly text: string }) {
  return (
    <pre className={styles.lines} translate="no">
      {text.replace(/\n$/, '').split('\n').map((line, at) => (
        <span key={at} className={styles.line}>{line}{'\n'}</span>
      ))}
    </pre>
  )
}
