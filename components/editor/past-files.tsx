'use client'

import { useEffect, useState, type ReactNode } from 'react'
import type { WorkstationFile } from '../../simulator/lab-types.ts'
import { useTranslations } from '../i18n/translations.tsx'
import { TabList } from '../ui/tab-list.tsx'
import styles from './editor.module.css'
import { useLitLine } from './lit-line.tsx'
import { yamlParts } from './yaml-parts.ts'

/** The workstation's files as they stood at an earlier moment. Nothing can be edited. */
export function PastFiles({ files, tools }: {
  readonly files: readonly WorkstationFile[]
  /** Beside the tabs. */
  readonly tools?: ReactNode
}) {
  const t = useTranslations('editor')
  const [chosen, setChosen] = useState<string | null>(null)
  const file = files.find(({ path }) => path === chosen) ?? files[0]
  const { lit } = useLitLine()
  useEffect(() => {
    if (lit) setChosen(lit.path)
  }, [lit])
  const litLine = lit !== null && lit.path === file?.path ? lit.line : null
  return (
    <div className={styles.past} data-past>
      <div className={styles.bar}>
        <TabList
          label={t('pastFiles')} prefix="past-file" chosen={file?.path ?? ''} onChoose={setChosen}
          tabs={files.map(({ path }) => ({
            id: path, label: <span translate="no">{path}</span>,
          }))}
        />
        {tools}
      </div>
      <div
        className={styles.pastText} role="tabpanel" id={`past-file-panel-${file?.path ?? ''}`}
        aria-labelledby={`past-file-tab-${file?.path ?? ''}`} tabIndex={0}
      >
        {file ? (
          <NumberedLines {...{ file, litLine }} />
        ) : (
          <p className={styles.message}>{t('noFiles')}</p>
        )}
      </div>
    </div>
  )
}

function NumberedLines({ file: { path, text }, litLine }: {
  readonly file: WorkstationFile
  readonly litLine: number | null
}) {
  const isYaml = /\.ya?ml$/.test(path)
  return (
    <pre className={styles.lines} translate="no">
      {text.replace(/\n$/, '').split('\n').map((line, at) => (
        <span key={at} className={styles.line} data-lit={at + 1 === litLine || undefined}>
          {isYaml ? <Coloured line={line} /> : line}{'\n'}
        </span>
      ))}
    </pre>
  )
}

/** Without Monaco: the past is shown at once, also where no editor was ever loaded. */
function Coloured({ line }: { readonly line: string }) {
  return yamlParts(line).map(({ text, kind }, at) =>
    kind === 'plain' ? text : <span key={at} className={styles[kind]}>{text}</span>)
}
