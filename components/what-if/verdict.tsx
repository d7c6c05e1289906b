'use client'

import type { Outcome } from '../../server/what-if/types.ts'
import { useTranslations } from '../i18n/translations.tsx'
import { MiniatureKey } from './miniature.tsx'
import { outcomeName, outcomeReason, seconds } from './outcome-words.ts'
import styles from './what-if.module.css'

/** What comes of the chosen settings, in words and figures. */
export function Verdict({ outcome, grace, hook }: {
  readonly outcome: Outcome | null
  readonly grace: number | null
  readonly hook: number | null
}) {
  const t = useTranslations('whatIf')
  const figures = [
    ['signalAt', outcome?.signalSeconds], ['killAt', outcome?.killSeconds],
    ['endAt', outcome?.endSeconds], ['goneAt', outcome?.goneSeconds],
  ] as const
  return (
    <section className={styles.verdict} aria-label={t('verdict')}>
      <div aria-live="polite">
        <h2>
          {outcome ? <MiniatureKey outcome={outcome} /> : null}
          {outcome ? outcomeName(t, outcome) : t('playing')}
        </h2>
        <p>{outcome ? outcomeReason(t, outcome, grace, hook) : null}</p>
      </div>
      <dl>
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{t(name)}</dt>
            <dd className="figures">
              {value == null ? t('never') : t('seconds', { seconds: seconds(value) })}
            </dd>
          </div>
        ))}
        <div>
          <dt>{t('exitCode')}</dt>
          <dd className="figures">{outcome?.exitCode ?? t('never')}</dd>
        </div>
      </dl>
    </section>
  )
}
