'use client'

import { useEffect, useState } from 'react'
import { useLitLine } from '../editor/lit-line.tsx'
import { useTranslations } from '../i18n/translations.tsx'
import { useLab } from '../lab/lab-provider.tsx'
import { useMoment } from '../lab/moment.tsx'
import type { ManifestLine, WhyLink } from './links.ts'
import { Sentence } from './sentence.tsx'
import styles from './why.module.css'

const LONGEST = 160

/** The line that decided, as it stood in the file when it was sent. */
export function OriginLine({ link }: { readonly link: WhyLink }) {
  const t = useTranslations('why')
  const { manifest } = link
  const state = useFileState(manifest)
  if (!manifest) return <span><Sentence link={link} /></span>
  const { path, line } = manifest
  const note = state === 'changed' ? t('changedSince', { path })
    : state === 'absent' ? t('notOpen', { path }) : null
  return (
    <>
      <span className={styles.place}>
        {path === '-' ? t('fromInput', { line }) : t('chain.manifestLine', { path, line })}
      </span>
      {note === null || path === '-' ? null : <span className={styles.note}>{note}</span>}
      <code className={styles.code} translate="no">{shown(manifest)}</code>
    </>
  )
}

/** Lights the line in the editor, as long as the file still is what was sent. */
export function ShowLine({ manifest }: { readonly manifest: ManifestLine }) {
  const t = useTranslations('why')
  const { light } = useLitLine()
  const [isLit, setLit] = useState(false)
  const state = useFileState(manifest)
  useEffect(() => () => light(null), [light])
  if (state !== 'same') return null
  const { path, line } = manifest
  return (
    <>
      <button
        className={styles.act}
        onClick={() => {
          light({ path, line })
          setLit(true)
        }}
      >
        {t('showInEditor')}
      </button>
      <span className="visually-hidden" role="status">
        {isLit ? t('lineLit', { path, line }) : ''}
      </span>
    </>
  )
}

/** What the workstation has under this path at the moment looked at. */
function useFileState(manifest: ManifestLine | undefined): 'same' | 'changed' | 'absent' {
  const { state } = useLab()
  const { past } = useMoment()
  const file = (past?.files ?? state.files).find(({ path }) => path === manifest?.path)
  if (!file || !manifest) return 'absent'
  return file.hash === manifest.hash ? 'same' : 'changed'
}

/** `command: ["sh", "-c", "sleep 10m"]`, shortened where nobody reads on. */
function shown({ field, value }: ManifestLine): string {
  const name = field.replace(/^.*\./, '')
  const spaced = value.startsWith('[') ? value.replaceAll('","', '", "') : value
  const text = `${name}: ${spaced}`
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text
}
