'use client'

import { useEffect, useId, useRef } from 'react'
import { useTranslations } from '../i18n/translations.tsx'
import { ChevronDown, Fork } from '../ui/icons.tsx'
import { BranchList } from './branch-list.tsx'
import { useBranches } from './branches.tsx'
import styles from './history.module.css'
import { Trouble } from './trouble.tsx'

/** Which branch is open; the others stand in the card above it. */
export function BranchMenu() {
  const t = useTranslations('history')
  const { tree, open, busy, problem, forget, refresh } = useBranches()
  const id = useId()
  const card = useRef<HTMLElement>(null)
  const openId = tree?.open
  useEffect(() => {
    if (openId !== undefined) card.current?.hidePopover()
  }, [openId])
  const others = (tree?.branches.length ?? 1) - 1
  return (
    <>
      <button className={`button ${styles.opener}`} popoverTarget={id} disabled={!tree}>
        <Fork />
        <strong dir="auto">{open?.name ?? t('main')}</strong>
        {others > 0 ? (
          <span className={styles.others}>
            {others === 1 ? t('oneOther') : t('manyOther', { count: others })}
          </span>
        ) : null}
        <ChevronDown />
      </button>
      <section
        ref={card} id={id} popover="auto" className={styles.card} aria-label={t('name')}
        aria-busy={busy}
        onToggle={({ newState }) => {
          if (newState === 'open') refresh()
          else forget()
        }}
      >
        <h2>{t('name')}</h2>
        {problem ? <Trouble problem={problem} /> : null}
        {tree ? <BranchList tree={tree} /> : null}
        {others === 0 ? <p className={styles.note}>{t('onlyOne')}</p> : null}
      </section>
    </>
  )
}
