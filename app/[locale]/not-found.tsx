import { getLocale, getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { Header } from '../../components/ui/header.tsx'
import styles from '../styles/plain-page.module.css'
import { chosenTheme } from '../theme-choice.ts'

export default async function NotFound() {
  const t = await getTranslations('notFound')
  const locale = await getLocale()
  return (
    <>
      <Header path="" theme={await chosenTheme()} />
      <main className={styles.page}>
        <h1>{t('title')}</h1>
        <p>{t('body')}</p>
        <Link className="button button-primary button-large" href={`/${locale}`}>{t('home')}</Link>
      </main>
    </>
  )
}
