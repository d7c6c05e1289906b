'use client'

import { useMemo, useState } from 'react'
import type {
  ChosenShutdown, Knob as KnobName, Settings, Shutdown,
} from '../../server/what-if/types.ts'
import { useLocale, useTranslations } from '../i18n/translations.tsx'
import { formatMoment } from '../timeline/moment.ts'
import { ChevronLeft } from '../ui/icons.tsx'
import { AppChoice } from './app-choice.tsx'
import { Knob } from './knob.tsx'
import { knobNames } from './knob-names.ts'
import { MapSection } from './map-section.tsx'
import { plansOf } from './map-layout.ts'
import { OpenCell } from './open-cell.tsx'
import { OutcomePicture } from './outcome-picture.tsx'
import { useCell } from './use-cell.ts'
import { Verdict } from './verdict.tsx'
import styles from './what-if.module.css'

interface DeskProps {
  readonly lesson: string
  readonly lab: string
  readonly shutdowns: readonly Shutdown[]
  readonly subject: ChosenShutdown
  readonly onShutdown: (podUid: string) => void
}

/** Seconds of an app that is turned for the first time: enough to see, and not the whole grace. */
const FIRST_APP_SECONDS = 5

export function WhatIfDesk({ lesson, lab, shutdowns, subject, onShutdown }: DeskProps) {
  const t = useTranslations('whatIf')
  const errors = useTranslations('errors')
  const locale = useLocale()
  const own = useMemo(() => ownSettings(subject), [subject])
  const [settings, setSettings] = useState(own)
  const plans = useMemo(() => plansOf(subject.knobs), [subject])
  const { cell, problem } = useCell({ lab, pod: subject.podUid, settings })
  const { grace } = subject.knobs
  const mostSeconds = grace.can ? grace.most : (grace.own ?? 0)
  return (
    <div className={styles.desk}>
      <div className={styles.controls}>
        <a className={styles.back} href={`/${locale}/lessons/${lesson}`}>
          <ChevronLeft />
          {t('toLesson')}
        </a>
        <h1>{t('title', { pod: subject.pod })}</h1>
        <Which {...{ shutdowns, subject, onShutdown }} />
        {knobNames.map((name) => (
          <TurnedKnob key={name} {...{ name, subject, settings, setSettings }} />
        ))}
      </div>
      <div className={styles.result}>
        <div className={styles.chosenCell}>
          <Verdict
            outcome={cell?.outcome ?? null}
            grace={cell?.settings.grace ?? own.grace}
            hook={cell?.settings.hook ?? own.hook}
          />
          <OpenCell {...{ lab, lesson, settings, own }} pod={subject.podUid} />
        </div>
        {problem ? <p className={styles.problem} role="alert">{errors(problem)}</p> : null}
        <OutcomePicture
          entries={cell?.entries ?? []}
          pod={subject.pod}
          mostSeconds={mostSeconds}
        />
        <MapSection {...{ lab, plans, own, settings }} pod={subject.podUid}
          onSettings={setSettings} />
      </div>
    </div>
  )
}

function ownSettings({ knobs }: ChosenShutdown): Settings {
  const own = (name: KnobName): number | null => {
    const state = knobs[name]
    return state.can && state.own !== null ? Math.max(state.least, state.own) : null
  }
  return { grace: own('grace'), hook: own('hook'), app: own('app') }
}

/** Which shutdown it is: the last one, or another that the reader chooses. */
function Which({ shutdowns, subject, onShutdown }: Pick<
  DeskProps, 'shutdowns' | 'subject' | 'onShutdown'
>) {
  const t = useTranslations('whatIf')
  const words = ({ pod, atMillis }: Shutdown) =>
    t('shutdown', { pod, time: formatMoment(atMillis) })
  return (
    <div className={styles.which}>
      {shutdowns.length > 1 ? (
        <select
          aria-label={t('which')}
          value={subject.podUid}
          onChange={(event) => onShutdown(event.target.value)}
        >
          {shutdowns.map((one) => (
            <option key={one.podUid} value={one.podUid}>{words(one)}</option>
          ))}
        </select>
      ) : <p>{words(subject)}</p>}
      <p className={styles.command}>
        <code translate="no">{subject.file}</code>
        <code translate="no">{subject.command}</code>
      </p>
    </div>
  )
}

function TurnedKnob({ name, subject, settings, setSettings }: {
  readonly name: KnobName
  readonly subject: ChosenShutdown
  readonly settings: Settings
  readonly setSettings: (settings: Settings) => void
}) {
  const { knobs, ownScript, appScript } = subject
  const state = knobs[name]
  const turn = (value: number | null) => setSettings({ ...settings, [name]: value })
  const first = Math.min(FIRST_APP_SECONDS, state.can ? state.most : 0)
  return (
    <Knob {...{ name, state }} value={settings[name]} onValue={turn}>
      {name === 'app' && state.can && ownScript !== null && appScript !== null ? (
        <AppChoice
          ownScript={ownScript}
          script={appScript.replace('{seconds}', String(settings.app ?? first))}
          turned={settings.app !== null}
          onTurned={(turned) => turn(turned ? (settings.app ?? first) : null)}
        />
      ) : null}
    </Knob>
  )
}
