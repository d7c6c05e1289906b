'use client'

import { useRouter } from 'next/navigation'
import { useMemo, useState } from 'react'
import type { BranchTree } from '../../server/history.ts'
import { withShownNames } from '../history/branch-name.ts'
import { useLocale, useTranslations } from '../i18n/translations.tsx'
import { historyOf } from '../lab/history-api.ts'
import { useMeasure } from '../timeline/use-measure.ts'
import { BothLists } from './both-lists.tsx'
import { BranchDrawing } from './branch-drawing.tsx'
import { CompareBar } from './compare-bar.tsx'
import styles from './compare.module.css'
import { DifferenceList, InputList } from './difference-list.tsx'
import type { Comparison, Difference } from './difference.ts'
import type { Both } from './phrase.ts'
import { Pictures } from './pictures.tsx'
import { PlayBar } from './play-bar.tsx'
import { stops } from './playback.ts'
import { livesShown } from './sheet.ts'
import { lengthOf, TwoViews } from './two-views.ts'
import { useChangedFiles, useComparison, type Problem } from './use-comparison.ts'
import { usePageKeys } from './use-page-keys.ts'
import { usePlayback } from './use-playback.ts'

export interface ComparePageProps {
  readonly lesson: string
  readonly lab: string
  readonly tree: BranchTree
  readonly ids: Both<string>
}

/** Two branches of one lab, side by side. */
export function ComparePage({ lesson, lab, tree: asKept, ids }: ComparePageProps) {
  const history = useTranslations('history')
  const tree = useMemo(() => withShownNames(history, asKept), [history, asKept])
  const t = useTranslations('compare')
  const router = useRouter()
  const locale = useLocale()
  const { known, again } = useComparison(lab, tree, ids)
  const [opening, setOpening] = useState<'no' | 'now' | Problem>('no')
  const comparison = known.state === 'known' ? known.comparison : null
  const page = `/${locale}/lessons/${lesson}`
  const goOn = async (id: string) => {
    setOpening('now')
    const answer = await historyOf(lab).open(id)
    if (answer.ok) router.push(page)
    else setOpening(answer.problem)
  }
  const problem = known.state === 'problem' ? known.problem
    : opening === 'no' || opening === 'now' ? null : opening
  return (
    <main className={styles.page} id="compare">
      <CompareBar
        {...{ tree, ids, comparison }} isOpening={opening === 'now'}
        onChoose={(next) => router.replace(`${page}/compare?a=${next.a}&b=${next.b}`)}
        onContinue={(id) => void goOn(id)}
      />
      {problem ? <Trouble problem={problem} onAgain={again} /> : null}
      {comparison ? (
        <Compared
          key={`${ids.a} ${ids.b}`} {...{ comparison, lab, tree, ids }}
          onContinue={(id) => void goOn(id)}
        />
      ) : (
        <p className={styles.wait} role="status">
          {known.state === 'loading' ? t('loading') : ''}
        </p>
      )}
    </main>
  )
}

function Trouble({ problem, onAgain }: {
  readonly problem: Problem
  readonly onAgain: () => void
}) {
  const t = useTranslations('compare')
  const errors = useTranslations('errors')
  return (
    <div className={styles.trouble} role="alert">
      <p>{errors(problem)}</p>
      <button className="button" onClick={onAgain}>{t('again')}</button>
    </div>
  )
}

interface ComparedProps extends Pick<ComparePageProps, 'lab' | 'tree' | 'ids'> {
  readonly comparison: Comparison
  readonly onContinue: (id: string) => void
}

function Compared({ comparison, lab, tree, ids, onContinue }: ComparedProps) {
  const t = useTranslations('compare')
  const [lit, onPoint] = useState<number | null>(null)
  const [asList, setAsList] = useState(false)
  const stretch = useMemo(() => lengthOf(comparison), [comparison])
  const [viewport] = useState(() => new TwoViews())
  const playback = usePlayback(stretch)
  const all = useStops(comparison, stretch)
  usePageKeys(playback, all, stretch)
  const files = useChangedFiles(lab, ids, comparison)
  const onGo = (difference: Difference) => {
    setAsList(false)
    const moment = difference.moments.b ?? difference.moments.a
    if (moment !== null) viewport.show(moment)
    onPoint(difference.number)
  }
  return (
    <>
      <div className={styles.body}>
        {asList ? <BothLists comparison={comparison} />
          : <Pictures {...{ comparison, viewport, stretch, playback, lit, onPoint }} />}
        <aside className={styles.side} aria-label={t('differences')}>
          <DifferenceList {...{ comparison, lit, onPoint, onGo }} />
          <InputList comparison={comparison} files={files} />
          <Branches {...{ tree, ids, onContinue }} />
        </aside>
      </div>
      <PlayBar
        {...{ playback, stretch, all, viewport, asList }} onList={setAsList}
        running={runningOf(comparison)}
      />
    </>
  )
}

function Branches({ tree, ids, onContinue }: Pick<ComparedProps, 'tree' | 'ids' | 'onContinue'>) {
  const t = useTranslations('compare')
  const measure = useMeasure()
  const first = tree.branches.find(({ id }) => id === ids.a)?.name ?? ''
  return (
    <section aria-labelledby="branches" className={styles.branches}>
      <h2 id="branches">{t('branches')}</h2>
      <BranchDrawing tree={tree} chosen={[ids.a, ids.b]} measure={measure} />
      <button className="button button-small" onClick={() => onContinue(ids.a)}>
        {t('continueIn', { branch: first })}
      </button>
    </section>
  )
}

function useStops(comparison: Comparison, stretch: ReturnType<typeof lengthOf>) {
  const { traces } = comparison
  return useMemo(() => stops(
    [traces.a, traces.b].flatMap(({ reading }) => reading.facts.map(({ at }) => at)), stretch,
  ), [traces, stretch])
}

/** Branches in which a pod is still there. */
function runningOf(comparison: Comparison): readonly string[] {
  const lives = livesShown(comparison)
  return (['a', 'b'] as const)
    .filter((side) => lives[side].some(({ gone }) => gone === null))
    .map((side) => comparison.traces[side].name)
}
