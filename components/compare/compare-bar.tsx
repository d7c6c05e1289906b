'use client'

import { useTranslations, type Translate } from '../i18n/translations.tsx'
import type { BranchTree } from '../../server/history.ts'
import { formatMoment } from '../timeline/moment.ts'
import { ChevronDown, Fork } from '../ui/icons.tsx'
import styles from './compare.module.css'
import type { Comparison } from './difference.ts'
import type { Both } from './phrase.ts'

/** Which branches are compared, where they part, and the way on in the second. */
export function CompareBar({ tree, ids, comparison, onChoose, onContinue, isOpening }: {
  readonly tree: BranchTree
  readonly ids: Both<string>
  readonly comparison: Comparison | null
  readonly onChoose: (ids: Both<string>) => void
  readonly onContinue: (id: string) => void
  readonly isOpening: boolean
}) {
  const t = useTranslations('compare')
  const nameOf = (id: string) => tree.branches.find((branch) => branch.id === id)?.name ?? ''
  // Who chooses the branch that stands on the other side exchanges the two.
  const choose = (side: 'a' | 'b', id: string) => {
    const other = side === 'a' ? 'b' : 'a'
    onChoose(id === ids[other] ? { a: ids.b, b: ids.a } : { ...ids, [side]: id })
  }
  return (
    <div className={styles.bar}>
      <h1 className="visually-hidden">{t('name')}</h1>
      <span className={styles.chooser}>
        <Chooser tree={tree} label={t('first')} id={ids.a} onChoose={(id) => choose('a', id)} />
        <span>{t('with')}</span>
        <Chooser tree={tree} label={t('second')} id={ids.b} onChoose={(id) => choose('b', id)} />
      </span>
      <p className={styles.lead}>{comparison ? leadOf(t, comparison) : ''}</p>
      <span className={styles.legend} aria-hidden="true">
        <span><i className={styles.solid} />{nameOf(ids.b)}</span>
        <span><i className={styles.dashed} />{t('whereWas', { branch: nameOf(ids.a) })}</span>
      </span>
      <button className="button" disabled={isOpening} onClick={() => onContinue(ids.b)}>
        {t(isOpening ? 'opening' : 'continueIn', { branch: nameOf(ids.b) })}
      </button>
    </div>
  )
}

function Chooser({ tree, label, id, onChoose }: {
  readonly tree: BranchTree
  readonly label: string
  readonly id: string
  readonly onChoose: (id: string) => void
}) {
  return (
    <span className={styles.select}>
      <Fork />
      <select aria-label={label} value={id} onChange={(event) => onChoose(event.target.value)}>
        {tree.branches.map((branch) => (
          <option key={branch.id} value={branch.id}>{branch.name}</option>
        ))}
      </select>
      <ChevronDown />
    </span>
  )
}

/** "Forked at 0:20.0. One command differs." */
function leadOf(t: Translate<'compare'>, { fork, inputs }: Comparison): string {
  const moment = formatMoment(fork.atMillis)
  const first = t(fork.isRelated ? 'forkedAt' : 'begunAnew', { moment })
  const { differing } = inputs
  const count = differing.length
  const kinds = new Set(differing.map(({ a, b }) => (a ?? b)?.kind ?? 'command'))
  const [kind] = kinds
  const second = count === 0 ? t('noInput')
    : kinds.size > 1 ? t('manyInputs', { count })
      : kind === 'saved' ? t(count === 1 ? 'oneFile' : 'manyFiles', { count })
        : t(count === 1 ? 'oneCommand' : 'manyCommands', { count })
  return `${first}${t('gap')}${second}`
}
