import { getLocale, getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { Header } from '../../../../components/ui/header.tsx'
import styles from '../../../styles/plain-page.module.css'
import { chosenTheme } from '../../../theme-choice.ts'

/** Unknown, revoked and deleted are one to a stranger. */
export default async function LinkNotFound() {
  const t = await getTranslations('history')
  const locale = await getLocale()
  return (
    <>
      <Header path="" theme={await chosenTheme()} />
      <main className={styles.page}>
        <h1>{t('gone')}</h1>
        <p>{t('goneMore')}</p>
        <Link className="button button-primary button-large" href={`/${locale}`}>
          {t('goneHome')}
        </Link>
      </main>
    </>
  )
}
