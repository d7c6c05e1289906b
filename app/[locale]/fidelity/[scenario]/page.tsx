import type { Metadata } from 'next'
import { hasLocale } from 'next-intl'
import { getTranslations, setRequestLocale } from 'next-intl/server'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import styles from '../../../../components/fidelity/fidelity.module.css'
import { LifePair } from '../../../../components/fidelity/life-pair.tsx'
import { routing } from '../../../../components/i18n/routing.ts'
import { Header } from '../../../../components/ui/header.tsx'
import { fidelityReport } from '../../../fidelity-report.ts'
import { chosenTheme } from '../../../theme-choice.ts'

type Params = { readonly params: Promise<{ locale: string; scenario: string }> }

async function scenarioOf({ params }: Params) {
  const { locale, scenario: name } = await params
  if (!hasLocale(routing.locales, locale)) notFound()
  setRequestLocale(locale)
  const report = fidelityReport()
  const scenario = report?.scenarios.find((candidate) => candidate.name === name)
  return report && scenario ? { locale, report, scenario } : notFound()
}

export async function generateMetadata(props: Params): Promise<Metadata> {
  const { scenario } = await scenarioOf(props)
  return { title: scenario.name }
}

/** One scenario: what was done, both lives above each other, and what differs. */
export default async function ScenarioPage(props: Params) {
  const { locale, report, scenario } = await scenarioOf(props)
  const t = await getTranslations('fidelity')
  const site = await getTranslations('site')
  const words = {
    recorded: t('recorded'), simulated: t('simulated'), picture: t('picture'),
    exit: (code: string) => t('exit', { code }),
    kind: (kind: 'waiting' | 'running' | 'terminating' | 'ended') => t(`kind.${kind}`),
  }
  return (
    <>
      <Header
        path={`/fidelity/${scenario.name}`} theme={await chosenTheme()}
        skips={<a className="skip" href="#main">{site('skipToMain')}</a>}
      />
      <main id="main" className={styles.page}>
        <p><Link href={`/${locale}/fidelity`}>{t('title')}</Link></p>
        <h1 translate="no">{scenario.name}</h1>
        <p>{t('agreement', { agreeing: scenario.agreeing, seeds: report.seeds.length })}</p>
        <h2>{t('lives')}</h2>
        <p>{t('livesText', { seed: scenario.seed })}</p>
        <LifePair scenario={scenario} words={words} />
        <h2>{t('differences')}</h2>
        {scenario.differences.length === 0 ? (
          <p>{t('none')}</p>
        ) : (
          <pre className={styles.code} lang="en" translate="no" tabIndex={0}>
            {scenario.differences.join('\n')}
          </pre>
        )}
        <h2>{t('done')}</h2>
        <pre className={styles.code} lang="en" translate="no" tabIndex={0}>
          {scenario.steps.join('\n')}
        </pre>
      </main>
    </>
  )
}
