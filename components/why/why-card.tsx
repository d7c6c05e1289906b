'use client'

import { useEffect, useId, useRef, type KeyboardEvent } from 'react'
import type { TimelineEntry } from '../../server/protocol.ts'
import { useTranslations } from '../i18n/translations.tsx'
import { useMoment } from '../lab/moment.tsx'
import { formatMoment } from '../timeline/moment.ts'
import { Cross } from '../ui/icons.tsx'
import { shutdownOf } from '../what-if/shutdown-of.ts'
import { WhatIfLink } from '../what-if/what-if-link.tsx'
import type { ManifestLine, WhyLink } from './links.ts'
import { OriginLine, ShowLine } from './origin-line.tsx'
import { Sentence } from './sentence.tsx'
import { whyTitle } from './title.ts'
import type { Asked } from './use-asked.ts'
import { useBesideMark } from './use-beside-mark.ts'
import { whyOf } from './why.ts'
import styles from './why.module.css'

/** Why something happened: each step back from it, and the line that decided. */
export function WhyCard({
  asked, entries, onClose,
}: {
  readonly asked: Asked
  readonly entries: readonly TimelineEntry[]
  readonly onClose: () => void
}) {
  const t = useTranslations('why')
  const id = useId()
  const { card, line } = useBesideMark(asked)
  const entry = entries.find((one) => one.id === asked.entry)
  const links = whyOf(entries, asked.entry)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [asked])
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.key === 'Escape') onClose()
  }
  const title = entry && whyTitle(entry)
  const origin = links.find(({ isOrigin }) => isOrigin)
  const steps = links.filter((link) => link !== origin)
  return (
    <>
      <div ref={line} className={styles.join} aria-hidden="true" />
      <section
        ref={card} className={styles.card} role="dialog" aria-labelledby={id}
        data-bad={isBad(entry) || undefined} onKeyDown={onKeyDown}
      >
        <header className={styles.head}>
          <h2 ref={heading} id={id} tabIndex={-1}>
            {title ? t(`title.${title.name}`, title.values) : t('name')}
          </h2>
          <button
            className="button button-bare button-icon" aria-label={t('close')} onClick={onClose}
          >
            <Cross />
          </button>
        </header>
        {links.length === 0 ? <p>{t('unknown')}</p> : <Steps {...{ steps, origin }} />}
        {origin?.manifest ? (
          <Foot
            manifest={origin.manifest} before={steps[1] ?? steps[0]}
            shutdown={shutdownOf(entry, entries)}
          />
        ) : null}
      </section>
    </>
  )
}

function Steps({ steps, origin }: {
  readonly steps: readonly WhyLink[]
  readonly origin: WhyLink | undefined
}) {
  return (
    <ol className={styles.steps}>
      {steps.map((link) => <Step key={`${link.entry}-${link.name}`} link={link} />)}
      {origin ? (
        <li className={styles.origin}>
          <OriginLine link={origin} />
        </li>
      ) : null}
    </ol>
  )
}

/** One step: choosing it looks at its moment. */
function Step({ link }: { readonly link: WhyLink }) {
  const { atMillis, look } = useMoment()
  const at = lookedAt(link)
  return (
    <li>
      <button
        className={styles.step} onClick={() => look(at)}
        aria-current={atMillis === at ? 'time' : undefined}
      >
        <time className="figures">{formatMoment(link.at)}</time>
        <span>
          <Sentence link={link} />
          {link.manifest ? <Place manifest={link.manifest} /> : null}
        </span>
      </button>
    </li>
  )
}

/** Where the manifest had a part in a step that it did not decide alone. */
function Place({ manifest: { path, line } }: { readonly manifest: ManifestLine }) {
  const t = useTranslations('why')
  if (path === '-') return null
  return <small className={styles.where}> {t('chain.manifestLine', { path, line })}</small>
}

function Foot({ manifest, before, shutdown }: {
  readonly manifest: NonNullable<WhyLink['manifest']>
  readonly before: WhyLink | undefined
  /** The pod, if it was deleted: its shutdown can be played again. */
  readonly shutdown: string | undefined
}) {
  const t = useTranslations('why')
  const { look } = useMoment()
  return (
    <footer className={styles.foot}>
      <ShowLine manifest={manifest} />
      {before ? (
        <button className={styles.act} onClick={() => look(lookedAt(before))}>
          {t('goTo', { time: formatMoment(before.at) })}
        </button>
      ) : null}
      {shutdown === undefined ? null : <WhatIfLink className={styles.act} pod={shutdown} />}
    </footer>
  )
}

/** The first whole millisecond at which it has happened. */
const lookedAt = ({ at }: WhyLink) => Math.ceil(at)

/** What a learner would rather not see is marked as in the picture. */
function isBad(entry: TimelineEntry | undefined): boolean {
  switch (entry?.kind) {
    case 'signal': return entry.outcome === 'fatal'
    case 'container-exited': case 'process-end': case 'command-end': return entry.exitCode !== 0
    case 'event': return entry.type === 'Warning'
    case 'probe': return entry.result !== 'success'
    case 'hook-end': return !entry.ok
    default: return entry?.kind === 'hook-abandoned'
  }
}
