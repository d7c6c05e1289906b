'use client'

import { useTranslations } from '../i18n/translations.tsx'
import type { Row } from './layout-types.ts'
import styles from './timeline.module.css'

/** The names of the rows; an object's name that does not fit beside is left out, not cut. */
export function RowNames({ rows }: { readonly rows: readonly Row[] }) {
  const t = useTranslations('timeline')
  return (
    <div className={styles.names}>
      {rows.map((row) => (
        <div
          key={`${row.kind}-${row.container}`}
          className={styles.name}
          style={{ top: row.y, height: row.height }}
        >
          <span>
            {t(row.kind)}
            <span className={styles.object} translate="no">
              {row.kind === 'grace' && row.object
                ? t('seconds', { seconds: row.object })
                : row.object}
            </span>
          </span>
        </div>
      ))}
    </div>
  )
}
