import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Target } from '../ui/icons.tsx'
import { flatText } from './flat-text.ts'
import styles from './lesson.module.css'

/** What a command prints. Every quotation agrees with a recording; a test compares them. */
export function Output({ children }: { readonly children: ReactNode }) {
  const t = useTranslations('lesson')
  return (
    <figure className={styles.output}>
      <pre tabIndex={0} lang="en" translate="no">
        {flatText(children)}
      </pre>
      <figcaption>
        <Target />
        {t('recorded')}
      </figcaption>
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
