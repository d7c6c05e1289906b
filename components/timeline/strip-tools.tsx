'use client'

import type { ReactNode } from 'react'
import { useTranslations } from '../i18n/translations.tsx'
import { List, Minus, Picture, Plus } from '../ui/icons.tsx'
import { useDesk } from '../workbench/desk.tsx'
import type { PodName } from './pods.ts'
import styles from './timeline.module.css'

/** Right end of the time bar: which pod, which scale, and the same as a list. */
export function StripTools(props: {
  readonly pods: readonly PodName[]
  readonly pod: string | null
  readonly onPod: (key: string) => void
  readonly asList: boolean
  readonly onList: (on: boolean) => void
  readonly following: boolean
  readonly onFollow: () => void
  readonly onZoom: (direction: 1 | -1) => void
}) {
  const t = useTranslations('timeline')
  const { asList, onList, onZoom } = props
  return (
    <>
      {asList ? null : <PictureTools {...props} />}
      {asList ? null : (
        <span className={styles.scale}>
          <ZoomButton label={t('farther')} icon={<Minus />} onClick={() => onZoom(-1)} />
          <ZoomButton label={t('nearer')} icon={<Plus />} onClick={() => onZoom(1)} />
        </span>
      )}
      <SheetButtons />
      <button className="button button-bare" aria-pressed={asList} onClick={() => onList(!asList)}>
        {asList ? <Picture /> : <List />}
        <span className={styles.listWord}>{asList ? t('asPicture') : t('asList')}</span>
      </button>
    </>
  )
}

function PictureTools({
  pods,
  pod,
  onPod,
  following,
  onFollow,
}: {
  readonly pods: readonly PodName[]
  readonly pod: string | null
  readonly onPod: (key: string) => void
  readonly following: boolean
  readonly onFollow: () => void
}) {
  const t = useTranslations('timeline')
  return (
    <>
      {pods.length > 1 ? (
        <select
          className={styles.pods}
          aria-label={t('choosePod')}
          value={pod ?? ''}
          onChange={(event) => onPod(event.target.value)}
        >
          {pods.map((name) => (
            <option key={name.key} value={name.key}>
              {name.pod}
            </option>
          ))}
        </select>
      ) : null}
      {following ? null : (
        <button className="button" onClick={onFollow}>
          {t('now')}
        </button>
      )}
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

function ZoomButton({
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
