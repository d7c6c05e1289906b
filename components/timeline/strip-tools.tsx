'use client'

import type { ReactNode } from 'react'
import { useTranslations } from '../i18n/translations.tsx'
import type { LabState } from '../lab/lab-state.ts'
import { List, Minus, Picture, Plus, Whole } from '../ui/icons.tsx'
import { useDesk } from '../workbench/desk.tsx'
import { ExportMenu } from './export-menu.tsx'
import type { Choice } from './layout-types.ts'
import type { PodName } from './pods.ts'
import styles from './timeline.module.css'
import type { Reading } from './trace-reader.ts'
import { ZOOM_STEP } from './view.ts'
import type { Viewport } from './viewport.ts'

interface ToolsProps {
  readonly viewport: Viewport
  readonly reading: Reading
  readonly choice: Choice
  readonly state: LabState
  /** The moment looked at; null: the present. */
  readonly atMillis: number | null
  readonly pods: readonly PodName[]
  /** Null: all of them. */
  readonly pod: string | null
  readonly onPod: (key: string | null) => void
  readonly asList: boolean
  readonly onList: (on: boolean) => void
}

/** Right end of the time bar: which pods, which scale, and the same as a list or a file. */
export function StripTools(props: ToolsProps) {
  const t = useTranslations('timeline')
  const { asList, onList } = props
  return (
    <>
      {asList ? null : <PictureTools {...props} />}
      <SheetButtons />
      <ExportMenu {...props} />
      <button
        className="button button-bare" aria-pressed={asList} onClick={() => onList(!asList)}
        title={asList ? t('asPicture') : t('asList')}
      >
        {asList ? <Picture /> : <List />}
        <span className={styles.listWord}>{asList ? t('asPicture') : t('asList')}</span>
      </button>
    </>
  )
}

function PictureTools({ pods, pod, onPod, viewport }: ToolsProps) {
  const t = useTranslations('timeline')
  return (
    <>
      {pods.length > 1 ? (
        <select
          className={styles.pods}
          aria-label={t('choosePod')}
          value={pod ?? ''}
          onChange={(event) => onPod(event.target.value === '' ? null : event.target.value)}
        >
          <option value="">{t('allPods')}</option>
          {pods.map((name) => (
            <option key={name.key} value={name.key}>
              {name.pod}
            </option>
          ))}
        </select>
      ) : null}
      <span className={styles.scale}>
        <Tool label={t('farther')} icon={<Minus />} onClick={() => viewport.zoom(1 / ZOOM_STEP)} />
        <Tool label={t('nearer')} icon={<Plus />} onClick={() => viewport.zoom(ZOOM_STEP)} />
        <Tool label={t('fit')} icon={<Whole />} onClick={viewport.fit} />
      </span>
    </>
  )
}

/** On a phone the editor and the terminal open over the text. */
function SheetButtons() {
  const t = useTranslations('lab')
  const { setSheet } = useDesk()
  return (
    <span className={styles.sheets}>
      <button className="button button-bare" onClick={() => setSheet('editor')}>
        {t('openEditor')}
      </button>
      <button className="button button-bare" onClick={() => setSheet('terminal')}>
        {t('openTerminal')}
      </button>
    </span>
  )
}

function Tool({
  label,
  icon,
  onClick,
}: {
  readonly label: string
  readonly icon: ReactNode
  readonly onClick: () => void
}) {
  return (
    <button
      className="button button-bare button-icon"
      aria-label={label}
      title={label}
      onClick={onClick}
    >
      {icon}
    </button>
  )
}
