import Link from 'next/link'
import en from '../content/messages/en.json'
import zh from '../content/messages/zh.json'
import './styles/tokens.css'
import './styles/base.css'
import styles from './styles/plain-page.module.css'

/** For addresses without a language (a missing file, say): both languages, as nobody said which. */
export default function NotFound() {
  return (
    <html lang="en">
      <body>
        <main className={styles.page}>
          <h1>{en.notFound.title}</h1>
          <Link className="button" href="/en">{en.notFound.home}</Link>
          <h2 lang="zh-CN">{zh.notFound.title}</h2>
          <Link className="button" href="/zh" lang="zh-CN">{zh.notFound.home}</Link>
        </main>
      </body>
    </html>
  )
}
