'use client'

import { useState } from 'react'
import type { ClusterView } from '../../simulator/lab-types.ts'
import { useTranslations } from '../i18n/translations.tsx'
import styles from './terminal.module.css'

/** What kubectl would have said then: the pods, the events, and one pod in full. */
export function ClusterScreen({ cluster }: { readonly cluster: ClusterView }) {
  const t = useTranslations('terminal')
  const [chosen, setChosen] = useState<string | null>(null)
  const [asYaml, setAsYaml] = useState(false)
  const names = cluster.each.map(({ namespace, name }) => `${namespace}/${name}`)
  const at = Math.max(0, chosen === null ? 0 : names.indexOf(chosen))
  const pod = cluster.each[at]
  return (
    <div className={styles.cluster} tabIndex={0} role="group" aria-label={t('cluster')}>
      <Said command="kubectl get pods -A -o wide" text={cluster.pods} />
      <Said command="kubectl get events" text={cluster.events} />
      {pod ? (
        <>
          <p className={styles.choosePod}>
            {names.length > 1 ? (
              <select
                aria-label={t('clusterPod')} value={names[at]}
                onChange={(event) => setChosen(event.target.value)}
              >
                {names.map((name) => <option key={name}>{name}</option>)}
              </select>
            ) : null}
            <button
              className="button button-small" aria-pressed={asYaml}
              onClick={() => setAsYaml(!asYaml)}
            >
              {t('asYaml')}
            </button>
          </p>
          <Said
            command={asYaml
              ? `kubectl get pod ${pod.name} -n ${pod.namespace} -o yaml`
              : `kubectl describe pod ${pod.name} -n ${pod.namespace}`}
            text={asYaml ? pod.yaml : pod.describe}
          />
        </>
      ) : null}
    </div>
  )
}

function Said({ command, text }: { readonly command: string; readonly text: string }) {
  return (
    <figure className={styles.said}>
      <figcaption translate="no">$ {command}</figcaption>
      <pre lang="en" translate="no">{text}</pre>
    </figure>
  )
}
