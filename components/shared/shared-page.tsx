'use client'

import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { useMemo, useState } from 'react'
import type { SharedLab } from '../../server/history.ts'
import { useLocale, useTranslations } from '../i18n/translations.tsx'
import { forkShared, sharedPast, type Answer } from '../lab/history-api.ts'
import { MomentProvider, useMoment } from '../lab/moment.tsx'
import { formatMoment } from '../timeline/moment.ts'
import { TraceReader } from '../timeline/trace-reader.ts'
import { useChoice } from '../timeline/use-choice.ts'
import { Viewport } from '../timeline/viewport.ts'
import styles from './shared.module.css'
import { useLookKeys } from './use-look-keys.ts'

const Picture = dynamic(
  () => import('../timeline/timeline-picture.tsx').then((part) => part.TimelinePicture),
)
const Terminals = dynamic(
  () => import('../terminal/past-terminals.tsx').then((part) => part.PastTerminals),
)
const Files = dynamic(() => import('../editor/past-files.tsx').then((part) => part.PastFiles))

type Problem = Extract<Answer<never>, { ok: false }>['problem']

interface SharedProps { readonly token: string; readonly shared: SharedLab }

/** A lab as it stood: looked at from its beginning to the moment of the link, never changed. */
export function SharedPage({ token, shared }: SharedProps) {
  const source = useMemo(() => sharedPast(token), [token])
  return (
    <MomentProvider source={source} firstMillis={shared.atMillis}>
      <Desk {...{ token, shared }} />
    </MomentProvider>
  )
}

function Desk({ token, shared }: SharedProps) {
  const t = useTranslations('history')
  const { past, problem, atMillis, look } = useMoment()
  const at = Math.min(atMillis ?? shared.atMillis, shared.atMillis)
  const note = t('readOnlyAt', { moment: formatMoment(at) })
  return (
    <main className={styles.page}>
      <div className={styles.panes}>
        <section className={styles.pane} aria-label={t('filesTab')}>
          {past ? <Files files={past.files} /> : null}
        </section>
        <section className={styles.pane} aria-label={t('screensTab')}>
          {past ? <Terminals past={past} note={note} /> : null}
        </section>
      </div>
      {problem ? (
        <div className={styles.problem}>
          <p role="alert">{t('noPast')}</p>
          <button className="button" onClick={() => look(at)}>{t('again')}</button>
        </div>
      ) : null}
      <Timeline {...{ shared, at }} />
      <Foot {...{ token, shared, at }} />
    </main>
  )
}

/** The timeline ends with the link's moment; what was shared is all that is drawn. */
function Timeline({ shared, at }: { readonly shared: SharedLab; readonly at: number }) {
  const t = useTranslations('timeline')
  const { look } = useMoment()
  const [viewport] = useState(() => new Viewport())
  const [reader] = useState(() => new TraceReader())
  const reading = reader.reading(shared.entries)
  const { choice, toggle } = useChoice(reading.lives)
  const clock = useMemo(
    () => ({ nowMillis: shared.atMillis, pace: 0, readAtMillis: 0 }), [shared.atMillis],
  )
  const scrub = (millis: number) => look(Math.min(millis, shared.atMillis))
  useLookKeys(reading.facts.map((fact) => fact.at), at, shared.atMillis, look)
  return (
    <section className={styles.timeline} aria-label={t('name')}>
      <Picture
        {...{ reading, viewport, choice, clock }} onToggle={toggle} atMillis={at}
        onScrub={scrub} onNow={() => look(shared.atMillis)}
      />
    </section>
  )
}

function Foot({ token, shared, at }: SharedProps & { readonly at: number }) {
  const t = useTranslations('history')
  const errors = useTranslations('errors')
  const router = useRouter()
  const locale = useLocale()
  const [state, setState] = useState<'rest' | 'working' | Problem>('rest')
  const moment = formatMoment(shared.atMillis)
  const goOn = async () => {
    setState('working')
    const answer = await forkShared(token)
    if (answer.ok) router.push(`/${locale}/lessons/${answer.value.lesson}`)
    else setState(answer.problem)
  }
  const working = state === 'working'
  return (
    <footer className={styles.foot}>
      <strong className={`${styles.clock} figures`}>{formatMoment(at)}</strong>
      <span className={styles.of}>{t('inShared', { moment })}</span>
      {state === 'rest' || working ? null : <p role="alert">{errors(state)}</p>}
      <button
        className={`button button-primary ${styles.own}`} disabled={working}
        title={t('ownMore', { moment })} onClick={() => void goOn()}
      >
        {working ? t('ownWorking') : t('ownLab')}
      </button>
    </footer>
  )
}
