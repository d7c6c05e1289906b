'use client'

import { useId, type ReactNode } from 'react'
import type { Knob as KnobName, KnobState } from '../../server/what-if/types.ts'
import { useTranslations } from '../i18n/translations.tsx'
import type { TurningKnob } from './map-layout.ts'
import styles from './what-if.module.css'

/** One of the three: a slider with a field for the number, or why it cannot be turned. */
export function Knob({
  name,
  state,
  value,
  onValue,
  children,
}: {
  readonly name: KnobName
  readonly state: KnobState
  readonly value: number | null
  readonly onValue: (value: number | null) => void
  readonly children?: ReactNode
}) {
  const t = useTranslations('whatIf')
  return (
    <fieldset className={styles.knob}>
      <legend>
        {t(`knob.${name}`)}
        <Origin state={state} />
      </legend>
      {children}
      {state.can && value !== null ? (
        <Slider name={name} state={state} value={value} onValue={onValue} />
      ) : null}
      {state.can ? null : <p className={styles.trouble}>{t(`trouble.${state.why}`)}</p>}
    </fieldset>
  )
}

/** Where the learner's own value stands. */
function Origin({ state }: { readonly state: KnobState }) {
  const t = useTranslations('whatIf')
  if (!state.can || state.own === null) return null
  const values = { seconds: String(state.own), line: String(state.line ?? '') }
  return (
    <span className={styles.origin}>
      {state.line === null ? t('own', values) : t('ownLine', values)}
    </span>
  )
}

function Slider({ name, state, value, onValue }: {
  readonly name: KnobName
  readonly state: TurningKnob
  readonly value: number
  readonly onValue: (value: number) => void
}) {
  const t = useTranslations('whatIf')
  const unit = useId()
  const { least, most } = state
  const range = { min: least, max: most, step: 1, value }
  const turn = (text: string): void => {
    const wanted = Number.parseInt(text, 10)
    if (Number.isFinite(wanted)) onValue(Math.min(most, Math.max(least, wanted)))
  }
  return (
    <div className={styles.slider}>
      <input
        type="range"
        {...range}
        aria-label={t(`knob.${name}`)}
        aria-valuetext={t('seconds', { seconds: String(value) })}
        onChange={(event) => turn(event.target.value)}
      />
      <input
        type="number"
        {...range}
        className="figures"
        aria-label={t('inSeconds', { knob: t(`knob.${name}`) })}
        aria-describedby={unit}
        onChange={(event) => turn(event.target.value)}
      />
      <span id={unit}>{t('unit')}</span>
    </div>
  )
}
