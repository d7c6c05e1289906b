import type { Metadata } from 'next'
import { hasLocale } from 'next-intl'
import { getTranslations, setRequestLocale } from 'next-intl/server'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import styles from '../../../components/fidelity/fidelity.module.css'
import type { FidelityReport, ScenarioReport } from '../../../components/fidelity/report.ts'
import { routing, type Locale } from '../../../components/i18n/routing.ts'
import { Header } from '../../../components/ui/header.tsx'
import { fidelityReport } from '../../fidelity-report.ts'
import { chosenTheme } from '../../theme-choice.ts'

type Params = { readonly params: Promise<{ locale: string }> }

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const { locale } = await params
  if (!hasLocale(routing.locales, locale)) return {}
  const t = await getTranslations({ locale, namespace: 'fidelity' })
  return { title: t('title'), description: t('lede') }
}

/** How far the simulator agrees with a real cluster, scenario by scenario. */
export default async function FidelityPage({ params }: Params) {
  const { locale } = await params
  if (!hasLocale(routing.locales, locale)) notFound()
  setRequestLocale(locale)
  const t = await getTranslations('fidelity')
  const site = await getTranslations('site')
  const report = fidelityReport()
  return (
    <>
      <Header
        path="/fidelity" theme={await chosenTheme()}
        skips={<a className="skip" href="#main">{site('skipToMain')}</a>}
      />
      <main id="main" className={styles.page}>
        <h1>{t('title')}</h1>
        <p className={styles.lede}>{t('lede')}</p>
        {report ? <Report report={report} locale={locale} /> : <p>{t('missing')}</p>}
      </main>
    </>
  )
}

/** Most of the seeds: the bound of a test. */
const agrees = (scenario: ScenarioReport, seeds: number) => scenario.agreeing > seeds / 2

async function Report({ report, locale }: {
  readonly report: FidelityReport
  readonly locale: Locale
}) {
  const t = await getTranslations('fidelity')
  const seeds = report.seeds.length
  const good = report.scenarios.filter((scenario) => agrees(scenario, seeds))
  const rest = report.scenarios.filter((scenario) => !agrees(scenario, seeds))
  const counts = { agreeing: good.length, total: report.scenarios.length, seeds }
  return (
    <>
      <p>{t('summary', { ...counts, version: report.kubernetes })}</p>
      <h2>{t('judged')}</h2>
      <p>{t('judgedText')}</p>
      <h2>{t('masked')}</h2>
      <ul>
        {(['random', 'dates', 'machine', 'slack', 'internal'] as const).map((key) => (
          <li key={key}>{t(`maskedItems.${key}`)}</li>
        ))}
      </ul>
      <h2>{t('agreeing')}</h2>
      <Scenarios scenarios={good} seeds={seeds} locale={locale} />
      <h2>{t('differing')}</h2>
      <p>{t('differingText')}</p>
      <Scenarios scenarios={rest} seeds={seeds} locale={locale} />
      <h2>{t('unsimulated')}</h2>
      <p>{t('unsimulatedText')}</p>
      <pre className={styles.code} lang="en" translate="no" tabIndex={0}>
        {report.unsimulated.map((command) => `kubectl ${command}`).join('\n')}
      </pre>
    </>
  )
}

async function Scenarios({ scenarios, seeds, locale }: {
  readonly scenarios: readonly ScenarioReport[]
  readonly seeds: number
  readonly locale: Locale
}) {
  const t = await getTranslations('fidelity')
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('scenario')}</th>
          <th scope="col">{t('seeds')}</th>
          <th scope="col">{t('firstDifference')}</th>
        </tr>
      </thead>
      <tbody>
        {scenarios.map((scenario) => (
          <tr key={scenario.name}>
            <td translate="no">
              <Link href={`/${locale}/fidelity/${scenario.name}`}>{scenario.name}</Link>
            </td>
            <td className={`${styles.count} ${agrees(scenario, seeds) ? '' : styles.differs}`}>
              {scenario.agreeing} / {seeds}
            </td>
            <td lang="en" translate="no">{scenario.differences[0]?.split('\n')[0] ?? ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
