'use client'

import { useEffect, useId, useRef, useState } from 'react'
import type { ShareInfo } from '../../server/history.ts'
import { useLocale, useTranslations } from '../i18n/translations.tsx'
import { useLab } from '../lab/lab-provider.tsx'
import { useMoment } from '../lab/moment.tsx'
import { useVirtualNow } from '../lab/virtual-now.ts'
import { formatMoment } from '../timeline/moment.ts'
import { copyText } from '../ui/copy-text.ts'
import { Check, Copy, Share } from '../ui/icons.tsx'
import { shownName } from './branch-name.ts'
import { useBranches } from './branches.tsx'
import styles from './history.module.css'
import { Trouble } from './trouble.tsx'
import { useShares, type Shares } from './use-shares.ts'

/** Makes a link to the moment looked at, and takes links back. */
export function ShareMenu() {
  const t = useTranslations('history')
  const { id: lab, state } = useLab()
  const shares = useShares(lab)
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  return (
    <>
      <button
        className={`button button-bare ${styles.sharer}`} popoverTarget={id} aria-label={t('share')}
        title={t('share')} disabled={state.branchId === ''}
      >
        <Share />
        <span className={styles.shareWord}>{t('share')}</span>
      </button>
      <section
        id={id} popover="auto" className={styles.card} aria-label={t('share')}
        aria-busy={shares.busy}
        // There before it opens, for a Tab that follows at once; gone after it has closed, as
        // only from inside does the focus go back to the button.
        onBeforeToggle={({ newState }) => {
          if (newState === 'closed') return
          setOpen(true)
          shares.refresh()
        }}
        onToggle={({ newState }) => setOpen(newState === 'open')}
      >
        {isOpen ? <ShareCard shares={shares} /> : null}
      </section>
    </>
  )
}

function ShareCard({ shares }: { readonly shares: Shares }) {
  const t = useTranslations('history')
  const { state } = useLab()
  const { atMillis } = useMoment()
  const { open } = useBranches()
  const now = useVirtualNow(state.clock, 500)
  const [made, setMade] = useState<string | null>(null)
  const at = atMillis ?? now
  const moment = formatMoment(at)
  const make = async () => {
    const link = await shares.make(state.branchId, at)
    if (link) setMade(link.token)
  }
  return (
    <>
      <h2>{t('shareTitle')}</h2>
      <p className={styles.note}>
        {t('shareWhat', { branch: open?.name ?? t('main'), moment })}
      </p>
      <button
        className="button button-primary" disabled={shares.busy} onClick={() => void make()}
      >
        {t('make', { moment })}
      </button>
      {shares.problem ? <Trouble problem={shares.problem} /> : null}
      {shares.links && shares.links.length > 0 ? (
        <>
          <h3>{t('links')}</h3>
          <ul className={styles.links}>
            {shares.links.map((link) => (
              <LinkRow key={link.token} {...{ link, shares }} isNew={link.token === made} />
            ))}
          </ul>
        </>
      ) : null}
    </>
  )
}

/** One link: where it leads, its address, and the way to take it back. */
function LinkRow({ link, shares, isNew }: {
  readonly link: ShareInfo
  readonly shares: Shares
  readonly isNew: boolean
}) {
  const t = useTranslations('history')
  const locale = useLocale()
  const values = {
    branch: shownName(t, link.branchName), moment: formatMoment(link.atMillis),
  }
  const address = `${location.origin}/${locale}/shared/${link.token}`
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
    .format(new Date(link.createdAt))
  return (
    <li className={styles.link}>
      <span className={styles.leads}>
        <strong>{t('upTo', values)}</strong>
        <span className={styles.from}>{t('madeAt', { date })}</span>
      </span>
      <span className={styles.addressRow}>
        <Address address={address} isNew={isNew} />
        <button
          className="button button-bare button-small" disabled={shares.busy}
          aria-label={t('revokeNamed', values)} onClick={() => void shares.revoke(link.token)}
        >
          {t('revoke')}
        </button>
      </span>
    </li>
  )
}

const COPIED_MILLIS = 2_500

function Address({ address, isNew }: { readonly address: string; readonly isNew: boolean }) {
  const t = useTranslations('history')
  const field = useRef<HTMLInputElement>(null)
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (isNew) field.current?.focus()
  }, [isNew])
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), COPIED_MILLIS)
    return () => clearTimeout(timer)
  }, [copied])
  return (
    <>
      <input
        ref={field} className={styles.field} readOnly value={address} aria-label={t('address')}
        translate="no" onFocus={(event) => event.currentTarget.select()}
      />
      <button
        className="button button-small"
        onClick={() => void copyText(address).then(() => setCopied(true))}
      >
        {copied ? <Check /> : <Copy />}
        <span role="status">{copied ? t('copied') : t('copy')}</span>
      </button>
    </>
  )
}
