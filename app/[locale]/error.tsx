'use client'

import { useParams } from 'next/navigation'
import failed from '../../content/messages/failed.json'
import styles from '../styles/plain-page.module.css'

/** Shown when a page fails; it depends on nothing that may have failed with it, and brings only
 * its own words: every page loads them. */
export default function Failed({ reset }: { readonly reset: () => void }) {
  const { locale } = useParams()
  const words = locale === 'zh' ? failed.zh : failed.en
  return (
    <main className={styles.page}>
      <h1>{words.title}</h1>
      <p>{words.body}</p>
      <button className="button button-primary button-large" onClick={reset}>{words.again}</button>
    </main>
  )
}
