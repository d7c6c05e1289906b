import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Target } from '../ui/icons.tsx'
import { flatText } from './flat-text.ts'
import styles from './lesson.module.css'

/** What a command prints. `recorded`: a real cluster printed the very same lines. */
export function Output({
  recorded = false,
  children,
}: {
  readonly recorded?: boolean
  readonly children: ReactNode
}) {
  const t = useTranslations('lesson')
  return (
    <figure className={styles.output}>
      <pre tabIndex={0} lang="en" translate="no">
        {flatText(children)}
      </pre>
      {recorded ? (
        <figcaption>
          <Target />
          {t('recorded')}
        </figcaption>
      ) : null}
    </figure>
  )
}

/** A piece of a file or of a script, quoted. */
export function FileQuote({ children }: { readonly children: ReactNode }) {
  return (
    <pre className={styles.file} tabIndex={0} lang="en" translate="no">
      {flatText(children).trim()}
    </pre>
  )
}
