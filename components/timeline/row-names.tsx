'use client'

import { useTranslations } from '../i18n/translations.tsx'
import { ChevronDown } from '../ui/icons.tsx'
import type { Row } from './layout-types.ts'
import styles from './timeline.module.css'

const ROLES = {
  child: 'roleChild', exec: 'roleExec', hook: 'roleHook', probe: 'roleProbe', main: 'lane',
  workstation: 'lane',
} as const

/** The second part of a row's name, in the reader's language. */
export function useRowObject(): (row: Row) => string {
  const t = useTranslations('timeline')
  return (row) => {
    if (row.role) return t(ROLES[row.role])
    return row.kind === 'grace' && row.object ? t('seconds', { seconds: row.object }) : row.object
  }
}

/** The names of the rows; an object's name that does not fit beside is left out, not cut. */
export function RowNames({
  rows,
  onToggle,
}: {
  readonly rows: readonly Row[]
  readonly onToggle: (row: Row) => void
}) {
  const t = useTranslations('timeline')
  const objectOf = useRowObject()
  const height = rows.reduce((sum, row) => sum + row.height, 0)
  return (
    <div className={styles.names} style={{ height }}>
      {rows.map((row) => (
        <div
          key={row.key}
          className={styles.name}
          data-kind={row.kind}
          style={{ top: row.y, height: row.height }}
        >
          {row.isOpen === null ? null : <Toggle row={row} onToggle={onToggle} />}
          <span>
            {t(row.kind)}
            <span className={styles.object} translate="no">
              {objectOf(row)}
            </span>
          </span>
        </div>
      ))}
    </div>
  )
}

function Toggle({ row, onToggle }: {
  readonly row: Row
  readonly onToggle: (row: Row) => void
}) {
  const t = useTranslations('timeline')
  const label =
    row.kind === 'pod'
      ? t(row.isOpen ? 'fold' : 'unfold', { pod: row.object })
      : t(row.isOpen ? 'closeContainer' : 'openContainer', { container: row.container })
  return (
    <button
      className={styles.toggle}
      aria-expanded={row.isOpen ?? false}
      aria-label={label}
      title={label}
      onClick={() => onToggle(row)}
    >
      <ChevronDown />
    </button>
  )
}
