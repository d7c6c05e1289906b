import { getTranslations } from 'next-intl/server'
import { Keyboard } from './icons.tsx'
import styles from './menu.module.css'

const KEYS = [
  ['toggleClock', 'Space'],
  ['events', '← →'],
  ['second', 'Shift ← →'],
  ['ends', 'Home End'],
  ['panes', 'F6'],
  ['save', 'Ctrl S'],
  ['apply', 'Ctrl Enter'],
  ['copy', 'Ctrl Shift C'],
  ['paste', 'Ctrl V'],
  ['tabFocus', 'Ctrl M'],
  ['arrows', '← →'],
  ['divider', 'Home'],
] as const

/** All keys of the lesson page in one place, without a script. */
export async function KeysPopover() {
  const t = await getTranslations('keys')
  return (
    <>
      <button
        className="button button-bare button-icon"
        popoverTarget="keys"
        aria-label={t('title')}
      >
        <Keyboard />
      </button>
      <section id="keys" popover="auto" className={styles.menu} aria-labelledby="keys-title">
        <h2 id="keys-title" className={styles.title}>
          {t('title')}
        </h2>
        <dl className={styles.keys}>
          {KEYS.map(([name, keys]) => (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{t(name)}</dt>
              <dd>
                <kbd>{keys}</kbd>
              </dd>
            </div>
          ))}
        </dl>
      </section>
    </>
  )
}
