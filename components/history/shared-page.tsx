'use client'

import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { useEffect, useMemo, useState } from 'react'
import type { SharedLab } from '../../server/history.ts'
import { usePlayback } from '../compare/use-playback.ts'
import { LitLineProvider } from '../editor/lit-line.tsx'
import { PastFiles } from '../editor/past-files.tsx'
import { useTranslations } from '../i18n/translations.tsx'
import { forkShared, sharedPast } from '../lab/history-api.ts'
import { MomentProvider, useMoment } from '../lab/moment.tsx'
import { PastTerminals } from '../terminal/past-terminals.tsx'
import { formatMoment } from '../timeline/moment.ts'
import { Fork } from '../ui/icons.tsx'
import type { BranchProblem } from './branches.tsx'
import styles from './shared.module.css'
import { Trouble } from './trouble.tsx'

// It measures the window, which the server does not have.
const SharedStrip = dynamic(
  () => import('./shared-strip.tsx').then((module) => module.SharedStrip), { ssr: false },
)

interface SharedProps {
  readonly token: string
  readonly shared: SharedLab
  readonly lessonPage: string
}

/** A lab as its owner gave it away: up to one moment, to be looked at. */
export function SharedPage({ token, shared, lessonPage }: SharedProps) {
  const source = useMemo(() => sharedPast(token), [token])
  return (
    <LitLineProvider>
      <MomentProvider source={source} firstMillis={shared.atMillis}>
        <main className={styles.page}>
          <OwnLab {...{ token, shared, lessonPage }} />
          <Looking shared={shared} />
        </main>
      </MomentProvider>
    </LitLineProvider>
  )
}

/** What this is, and the way on. */
function OwnLab({ token, shared, lessonPage }: SharedProps) {
  const t = useTranslations('history')
  const router = useRouter()
  const [doing, setDoing] = useState<'nothing' | 'copying' | BranchProblem>('nothing')
  const moment = formatMoment(shared.atMillis)
  const copy = async () => {
    setDoing('copying')
    const answer = await forkShared(token)
    if (answer.ok) router.push(lessonPage)
    else setDoing(answer.problem)
  }
  const isCopying = doing === 'copying'
  return (
    <div className={styles.lead}>
      <div className={styles.what}>
        <h1>{t('readOnly', { moment })}</h1> <span>{t('ownMore')}</span>
      </div>
      <button
        className="button button-primary" disabled={isCopying} onClick={() => void copy()}
      >
        <Fork />
        {isCopying ? t('ownWorking') : t('ownLab')}
      </button>
      {isCopying || doing === 'nothing' ? null : <Trouble problem={doing} />}
    </div>
  )
}

function Looking({ shared }: { readonly shared: SharedLab }) {
  const playback = usePlayback({ fromMillis: 0, toMillis: shared.atMillis })
  const { look } = useMoment()
  const { atMillis } = playback
  useEffect(() => look(atMillis), [look, atMillis])
  return (
    <>
      <Panes />
      <SharedStrip {...{ shared, playback }} />
    </>
  )
}

/** Files and screens of the moment, side by side; on a phone one before the other. */
function Panes() {
  const t = useTranslations('history')
  const { past, problem } = useMoment()
  const [front, setFront] = useState<'files' | 'screens'>('screens')
  const other = front === 'files' ? 'screens' : 'files'
  const toOther = (
    <button
      className={`button button-bare button-small ${styles.other}`} onClick={() => setFront(other)}
    >
      {t(other === 'files' ? 'filesTab' : 'screensTab')}
    </button>
  )
  return (
    <div className={styles.panes} data-front={front}>
      <section className={styles.pane} data-pane="files" aria-label={t('filesTab')}>
        {past ? <PastFiles files={past.files} tools={toOther} /> : null}
      </section>
      <section className={styles.pane} data-pane="screens" aria-label={t('screensTab')}>
        {past ? (
          <PastTerminals
            past={past} note={t('readOnlyAt', { moment: formatMoment(past.atMillis) })}
            tools={toOther}
          />
        ) : null}
        {problem ? <div className={styles.problem}><Trouble problem={problem} /></div> : null}
      </section>
    </div>
  )
}
