'use client'

import { useState } from 'react'
import type { Settings } from '../../server/what-if/types.ts'
import { useTranslations } from '../i18n/translations.tsx'
import { HeatMap } from './heat-map.tsx'
import { Legend } from './legend.tsx'
import { cellName, placeOf, planeOf, settingsAt, type MapPlan } from './map-layout.ts'
import { useElementWidth } from './use-element-width.ts'
import { useMap } from './use-map.ts'
import styles from './what-if.module.css'

interface MapSectionProps {
  readonly lab: string
  readonly pod: string
  readonly plans: readonly MapPlan[]
  readonly own: Settings
  readonly settings: Settings
  readonly onSettings: (settings: Settings) => void
}

const nameOf = ({ across, up }: MapPlan) => `${across.knob}-${up.knob}`

/** The map over two of the knobs, and the choice of which two. */
export function MapSection({ plans, ...rest }: MapSectionProps) {
  const t = useTranslations('whatIf')
  const [chosen, setChosen] = useState(0)
  const plan = plans[chosen]
  if (!plan) return <p className={styles.trouble}>{t('noMap')}</p>
  return (
    <section className={styles.mapSection} aria-label={t('map')}>
      <div className={styles.mapHead}>
        <h2>{t('map')}</h2>
        {plans.length > 1 ? (
          <select
            aria-label={t('axes')}
            value={chosen}
            onChange={(event) => setChosen(Number(event.target.value))}
          >
            {plans.map(({ across, up }, index) => (
              <option key={index} value={index}>
                {t('plan', { across: t(`knob.${across.knob}`), up: t(`knob.${up.knob}`) })}
              </option>
            ))}
          </select>
        ) : null}
      </div>
      <PlayedPlan key={nameOf(plan)} {...rest} plan={plan} />
    </section>
  )
}

function PlayedPlan({ lab, pod, plan, own, settings, onSettings }:
  Omit<MapSectionProps, 'plans'> & { readonly plan: MapPlan }) {
  const t = useTranslations('whatIf')
  const errors = useTranslations('errors')
  const [attempt, setAttempt] = useState(0)
  const played = useMap(lab, pod, plan, settings, attempt)
  const [box, width] = useElementWidth()
  const plane = planeOf(plan, width)
  const columns = plan.across.state.axis
  const outcomes = plan.up.state.axis.flatMap((_, row) => columns.flatMap((__, column) => {
    const name = cellName(plan, settingsAt(plan, column, row, settings))
    return played.outcomes.get(name) ?? []
  }))
  const total = columns.length * plan.up.state.axis.length
  const { end, problem, fresh } = played
  const halt = problem ? errors(problem) : end === 'superseded' || end === 'stopped' ? t(end) : null
  return (
    <div className={styles.mapBody} ref={box}>
      <div className={styles.mapScroll}>
        <HeatMap {...{ plane, played, own, settings, onSettings }} />
      </div>
      <div>
        <Legend outcomes={outcomes} hasOwn={placeOf(plane, own) !== null} />
        <p className={styles.progress} aria-live={end === 'done' ? 'polite' : 'off'}>
          {end === 'done'
            ? t('played', { count: String(total) })
            : t('playedSoFar', { count: String(fresh.size), total: String(total) })}
        </p>
        {halt !== null ? (
          <div className={styles.problem} role="alert">
            <p>{halt}</p>
            <button className="button" onClick={() => setAttempt((n) => n + 1)}>
              {t('again')}
            </button>
          </div>
        ) : null}
      </div>
    </div>
  )
}
