'use client'

import { useMemo, useState, type ReactNode } from 'react'
import type { TimelineEntry } from '../../server/protocol.ts'
import { useTranslations } from '../i18n/translations.tsx'
import { useLab } from '../lab/lab-provider.tsx'
import { takesInput, useTabActivity } from '../terminal/tab-activity.ts'
import { formatMoment } from '../timeline/moment.ts'
import { copyText } from '../ui/copy-text.ts'
import { Check, Copy, Play } from '../ui/icons.tsx'
import { useDesk } from '../workbench/desk.tsx'
import { flatText } from './flat-text.ts'
import styles from './lesson.module.css'

/** A command of the text: typed into its terminal at a click, or copied. */
export function Command({
  tab = '1',
  children,
}: {
  readonly tab?: string
  readonly children: ReactNode
}) {
  const t = useTranslations('lesson')
  const desk = useDesk()
  const { connection, state } = useLab()
  const activity = useTabActivity(state.entries)
  const line = flatText(children).trim()
  const waiting = !takesInput(activity.get(tab))
  const ranAt = useMemo(() => lastRun(state.entries, line), [state.entries, line])
  const alone = tab === '1' && state.tabs.length < 2
  const ran = ranAt === null ? undefined : t('ranAt', { time: formatMoment(ranAt) })
  return (
    <div className={styles.command}>
      <code translate="no" tabIndex={0}>
        <span className={styles.prompt} aria-hidden="true">
          ${' '}
        </span>
        {line}
      </code>
      <span className={styles.actions}>
        <CopyButton text={line} />
        {waiting ? (
          <span className={styles.waiting}>{t('tabWaiting', { tab })}</span>
        ) : (
          <button
            className={styles.run}
            title={ran}
            disabled={connection === null}
            onClick={() => desk.type(tab, `${line}\r`)}
          >
            {ran === undefined ? <Play /> : <Check />}
            {alone ? t('run') : t('runInTab', { tab })}
            <span className="visually-hidden">: {line}</span>
          </button>
        )}
      </span>
    </div>
  )
}

/** Moment at which this line was last given to a prompt of the workstation. */
function lastRun(entries: readonly TimelineEntry[], line: string): number | null {
  return entries.findLast((entry) => entry.kind === 'command' && entry.line === line)?.at ?? null
}

const COPIED_MILLIS = 1_500

function CopyButton({ text }: { readonly text: string }) {
  const t = useTranslations('lesson')
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await copyText(text)
    setCopied(true)
    setTimeout(() => setCopied(false), COPIED_MILLIS)
  }
  return (
    <button className={styles.copy} title={t('copy')} onClick={() => void copy()}>
      {copied ? <Check /> : <Copy />}
      <span className="visually-hidden" aria-live="polite">
        {copied ? t('copied') : `${t('copy')}: ${text}`}
      </span>
    </button>
  )
}
