'use client'

import { useParams } from 'next/navigation'
import en from '../../content/messages/en.json'
import zh from '../../content/messages/zh.json'
import styles from '../styles/plain-page.module.css'

/** Shown when a page fails; it depends on nothing that may have failed with it. */
export default function Failed({ reset }: { readonly reset: () => void }) {
  const { locale } = useParams()
  const words = (locale === 'zh' ? zh : en).failed
  return (
    <main className={styles.page}>
      <h1>{words.title}</h1>
      <p>{words.body}</p>
      <button className="button button-primary button-large" onClick={reset}>{words.again}</button>
    </main>
  )
}
