'use client'

import { useTranslations, type Translate } from '../i18n/translations.tsx'
import { Check } from '../ui/icons.tsx'
import { CommandLine } from './branch-title.tsx'
import styles from './compare.module.css'
import type { Comparison, Difference } from './difference.ts'
import { Say } from './say.tsx'
import type { ChangedFile } from './use-comparison.ts'

const IN_WORDS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10'] as const

/** "Five differences" */
function counted(t: Translate<'compare'>, count: number): string {
  const word = IN_WORDS[count]
  return word === undefined ? t('many', { count }) : t(`counted.${word}`)
}

/** What differs, in the numbers of the pictures, and what does not. */
export function DifferenceList({ comparison, lit, onPoint, onGo }: {
  readonly comparison: Comparison
  readonly lit: number | null
  readonly onPoint: (number: number | null) => void
  readonly onGo: (difference: Difference) => void
}) {
  const t = useTranslations('compare')
  const { differences, same, countsFromDelete } = comparison
  return (
    <section className={styles.differences} aria-labelledby="differences">
      <h2 id="differences">{counted(t, differences.length)}</h2>
      {differences.length === 0 ? <p className={styles.none}>{t('noneMore')}</p> : null}
      {countsFromDelete ? <p className={styles.none}>{t('countsFromDelete')}</p> : null}
      <ol>
        {differences.map((difference) => (
          <li
            key={difference.number} id={`difference-${difference.number}`}
            className={difference.number === lit ? styles.litItem : ''}
            onPointerEnter={() => onPoint(difference.number)} onPointerLeave={() => onPoint(null)}
          >
            <Item difference={difference} onGo={onGo} onPoint={onPoint} />
          </li>
        ))}
      </ol>
      {same.length > 0 ? (
        <p className={styles.same}>
          <Check />
          <span>
            {t('sameInBoth')}
            {same.map((fact, index) => (
              <span key={fact.name}>
                {index > 0 ? t('comma') : ''}
                <Say phrase={fact} />
              </span>
            ))}
            {t('stop')}
          </span>
        </p>
      ) : null}
    </section>
  )
}

function Item({ difference, onGo, onPoint }: {
  readonly difference: Difference
  readonly onGo: (difference: Difference) => void
  readonly onPoint: (number: number | null) => void
}) {
  const t = useTranslations('compare')
  const { number, title, object, from, to, why } = difference
  return (
    <>
      <span className={styles.number} aria-hidden="true">{number}</span>
      <button
        className={styles.itemTitle} title={t('show')} onClick={() => onGo(difference)}
        onFocus={() => onPoint(number)} onBlur={() => onPoint(null)}
      >
        <Say phrase={title} />
        {object ? <span className={styles.object} translate="no"> {object}</span> : null}
      </button>
      <span className={`figures ${styles.values}`}>
        <Say phrase={from} />
        <span aria-hidden="true" className={styles.to}>→</span>
        <span className="visually-hidden">{t('becomes')}</span>
        <Say phrase={to} />
      </span>
      <p lang={why.name === 'message' ? 'en' : undefined}><Say phrase={why} /></p>
    </>
  )
}

/** What was done in the one and not in the other, where the title lines cannot say it all. */
export function InputList({ comparison, files }: {
  readonly comparison: Comparison
  readonly files: readonly ChangedFile[]
}) {
  const t = useTranslations('compare')
  const { differing } = comparison.inputs
  if (differing.length < 2 && files.length === 0) return null
  const names = { a: comparison.traces.a.name, b: comparison.traces.b.name }
  return (
    <section className={styles.inputs} aria-labelledby="inputs">
      <h2 id="inputs">{t('inputs')}</h2>
      <ul>
        {differing.flatMap(({ a, b }) => (['a', 'b'] as const).flatMap((side) => {
          const mine = side === 'a' ? a : b
          if (!mine) return []
          const other = (side === 'a' ? b : a)?.text ?? ''
          return [
            <li key={`${side}-${mine.entry}`} data-side={side}>
              <span translate="no">{names[side]}</span>
              {mine.kind === 'saved' ? <span>{t('saved', { path: mine.text })}</span>
                : <CommandLine line={mine.text} other={other} accent={side === 'b'} />}
            </li>,
          ]
        }))}
      </ul>
      {files.map(({ path, lines }) => (
        <figure key={path}>
          <figcaption translate="no">{path}</figcaption>
          <ul className={styles.lines}>
            {lines.flatMap(({ a, b }) => [['a', a] as const, ['b', b] as const]
              .flatMap(([side, line]) => line ? [
                <li key={`${side}-${line.number}`} data-side={side}>
                  <span className="figures">{line.number}</span>
                  <span className="visually-hidden">{names[side]}</span>
                  <code translate="no">{line.text}</code>
                </li>,
              ] : []))}
          </ul>
        </figure>
      ))}
    </section>
  )
}
