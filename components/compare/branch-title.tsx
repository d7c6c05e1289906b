'use client'

import { useTranslations } from '../i18n/translations.tsx'
import { formatSeconds } from '../timeline/moment.ts'
import type { Aligned } from './align.ts'
import styles from './compare.module.css'
import type { Comparison } from './difference.ts'
import type { LearnerInput } from './learner-inputs.ts'
import { livesShown } from './sheet.ts'

/** A branch's name, what was done in it and not in the other, and when its pod was gone. */
export function BranchTitle({ comparison, side }: {
  readonly comparison: Comparison
  readonly side: 'a' | 'b'
}) {
  const t = useTranslations('compare')
  const timeline = useTranslations('timeline')
  const { differing } = comparison.inputs
  const own = differing.filter((pair) => pair[side] !== null)
  const first = own.find((pair) => pair[side]?.kind === 'command') ?? own[0]
  const gone = goneAfter(comparison, side)
  return (
    <div className={styles.branchTitle}>
      <h2 translate="no">{comparison.traces[side].name}</h2>
      <p className={styles.input}>
        {first ? <Done pair={first} side={side} /> : <span>{t('nothingElse')}</span>}
        {own.length > 1 ? (
          <span className={styles.more}>{t('moreInputs', { count: own.length - 1 })}</span>
        ) : null}
      </p>
      <span className={`figures ${styles.gone}`}>
        {gone === null ? '' : timeline('goneAfter', { seconds: formatSeconds(gone) })}
      </span>
    </div>
  )
}

function Done({ pair, side }: {
  readonly pair: Aligned<LearnerInput>
  readonly side: 'a' | 'b'
}) {
  const t = useTranslations('compare')
  const mine = pair[side]
  if (mine?.kind === 'saved') return <span>{t('saved', { path: mine.text })}</span>
  const other = pair[side === 'a' ? 'b' : 'a']
  return <CommandLine line={mine?.text ?? ''} other={other?.text ?? ''} accent={side === 'b'} />
}

/** A command, with the words that the other one has not. */
export function CommandLine({ line, other, accent }: {
  readonly line: string
  readonly other: string
  readonly accent: boolean
}) {
  const words = line.split(/(\s+)/)
  const known = new Set(other.split(/\s+/))
  return (
    <code translate="no">
      {words.map((word, index) =>
        accent && word.trim() !== '' && !known.has(word)
          ? <b key={index} className={styles.own}>{word}</b> : word)}
    </code>
  )
}

function goneAfter(comparison: Comparison, side: 'a' | 'b'): number | null {
  const life = livesShown(comparison)[side].findLast(({ gone }) => gone !== null)
  const deletion = life && comparison.traces[side].deletionOf(life)
  return life?.gone && deletion ? life.gone.at - deletion.at : null
}
