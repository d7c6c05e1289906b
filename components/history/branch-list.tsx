'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useRef, useState, type ReactNode } from 'react'
import { flushSync } from 'react-dom'
import type { BranchInfo, BranchTree } from '../../server/history.ts'
import { drawTree } from '../compare/tree-layout.ts'
import { useTranslations } from '../i18n/translations.tsx'
import { formatMoment } from '../timeline/moment.ts'
import { Pencil, Trash } from '../ui/icons.tsx'
import { useBranches } from './branches.tsx'
import styles from './history.module.css'
import { RenameForm } from './rename-form.tsx'
import { RemoveQuestion } from './remove-question.tsx'

const TREE_PX = 112
/** Names stand beside the lines, not under them. */
const UNNAMED = { width: TREE_PX, measure: () => 0 }

/** The lab's branches: a line each, drawn to scale, and what can be done with it. */
export function BranchList({ tree }: { readonly tree: BranchTree }) {
  const t = useTranslations('history')
  const drawn = drawTree(tree, UNNAMED)
  const branches = drawn.lines.flatMap(
    ({ id }) => tree.branches.find((branch) => branch.id === id) ?? [],
  )
  const [doing, setDoing] = useState<Doing | null>(null)
  const list = useRef<HTMLUListElement>(null)
  const onDo = (id: string, what: Doing['what'] | null) => {
    flushSync(() => setDoing(what && { id, what }))
    if (what !== null) return
    // The focus goes back to where it came from; with the row it would be lost.
    const row = list.current?.querySelector<HTMLElement>(`[data-branch="${id}"] [data-begins]`)
    const rest = row ?? list.current
    rest?.focus()
  }
  return (
    <div className={styles.branches}>
      <svg
        className={styles.tree} width={TREE_PX} height={drawn.height + 14} aria-hidden="true"
        viewBox={`0 -12 ${TREE_PX} ${drawn.height + 14}`}
      >
        {drawn.lines.map((line) => (
          <g key={line.id} data-open={line.id === tree.open}>
            <path d={line.path} />
            <circle cx={line.endX} cy={line.y} r="4" />
          </g>
        ))}
        {drawn.forks.map(({ key, x, y }) => (
          <circle key={key} className={styles.forkPoint} cx={x} cy={y} r="4" />
        ))}
      </svg>
      <ul ref={list} className={styles.list} aria-label={t('name')} tabIndex={-1}>
        {branches.map((branch) => (
          <li
            key={branch.id} className={styles.row} data-branch={branch.id}
            data-open={branch.id === tree.open}
          >
            <Row
              {...{ branch, tree }} doing={doing?.id === branch.id ? doing.what : null}
              onDo={(what) => onDo(branch.id, what)}
            />
          </li>
        ))}
      </ul>
    </div>
  )
}

interface Doing { readonly id: string; readonly what: 'rename' | 'remove' }

interface RowProps {
  readonly branch: BranchInfo
  readonly tree: BranchTree
  readonly doing: Doing['what'] | null
  readonly onDo: (what: Doing['what'] | null) => void
}

function Row({ branch, tree, doing, onDo }: RowProps) {
  const onDone = () => onDo(null)
  if (doing === 'rename') return <RenameForm {...{ branch, onDone }} />
  if (doing === 'remove') return <RemoveQuestion {...{ branch, tree, onDone }} />
  return (
    <>
      <Name {...{ branch, tree }} />
      <Acts {...{ branch, tree, onDo }} />
    </>
  )
}

/** The branch that is open is told; another is opened by its name. */
function Name({ branch, tree }: Pick<RowProps, 'branch' | 'tree'>) {
  const t = useTranslations('history')
  const { openBranch, busy } = useBranches()
  const parent = tree.branches.find(({ id }) => id === branch.parentId)
  const to = formatMoment(branch.endMillis)
  const from = parent === undefined ? t('fromStart', { to })
    : t('fromFork', { branch: parent.name, moment: formatMoment(branch.forkAtMillis ?? 0), to })
  const both = (
    <>
      <strong className={styles.name} dir="auto">{branch.name}</strong>
      <span className={styles.from} title={from}>{from}</span>
    </>
  )
  if (branch.id === tree.open) {
    return <span className={styles.branch} aria-current="true">{both}</span>
  }
  return (
    <button
      className={styles.branch} disabled={busy} title={t('open', { branch: branch.name })}
      onClick={() => void openBranch(branch.id)}
    >
      {both}
    </button>
  )
}

function Acts({ branch, tree, onDo }: Pick<RowProps, 'branch' | 'tree' | 'onDo'>) {
  const t = useTranslations('history')
  const lesson = usePathname()
  const { name, id } = branch
  const isOpen = id === tree.open
  const [a, b] = above(tree, tree.open, id)
  return (
    <span className={styles.acts}>
      {isOpen ? <span className={styles.isOpen}>{t('isOpen')}</span> : (
        <Link
          className="button button-bare button-small"
          href={`${lesson}/compare?a=${a}&b=${b}`}
          aria-label={t('compareWith', { branch: name })}
        >
          {t('compare')}
        </Link>
      )}
      <Tool label={t('rename', { branch: name })} onClick={() => onDo('rename')}><Pencil /></Tool>
      {isOpen ? null : (
        <Tool label={t('remove', { branch: name })} onClick={() => onDo('remove')}>
          <Trash />
        </Tool>
      )}
    </span>
  )
}

/** The one that the other began from stands above in a comparison. */
function above({ branches }: BranchTree, open: string, other: string) {
  const isBelow = branches.some(({ id, parentId }) => id === other && parentId === open)
  return isBelow ? [open, other] : [other, open]
}

function Tool({ label, onClick, children }: {
  readonly label: string
  readonly onClick: () => void
  readonly children: ReactNode
}) {
  return (
    <button
      className="button button-bare button-icon button-small" aria-label={label} title={label}
      data-begins onClick={onClick}
    >
      {children}
    </button>
  )
}
