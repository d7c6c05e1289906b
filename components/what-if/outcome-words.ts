import type { Knob, Outcome, Settings } from '../../server/what-if/types.ts'
import type { Translate } from '../i18n/translations.tsx'

type Words = Translate<'whatIf'>

const KINDS = {
  'exited': 'exited', 'killed-in-hook': 'killedInHook', 'killed-after': 'killedAfter',
  'not-run': 'notRun', 'too-long': 'tooLong', 'failed': 'failed',
} as const

/** What became of the container, in a few words. */
export function outcomeName(t: Words, { kind, hook, exitCode }: Outcome): string {
  const code = String(exitCode ?? '')
  if (kind === 'exited' && hook === 'cut') return t('outcome.exitedCut', { code })
  if (kind === 'exited' && exitCode !== 0) return t('outcome.exitedWith', { code })
  if (kind === 'killed-after' && hook === 'none') return t('outcome.killedNoHook')
  return t(`outcome.${KINDS[kind]}`, { code })
}

/** The same with what decided it, in a sentence or two. */
export function outcomeReason(
  t: Words, outcome: Outcome, grace: number | null, hook: number | null,
): string {
  const values = {
    grace: String(grace ?? ''), hook: String(hook ?? ''),
    signal: seconds(outcome.signalSeconds), kill: seconds(outcome.killSeconds),
    end: seconds(outcome.endSeconds), code: String(outcome.exitCode ?? ''),
  }
  switch (outcome.kind) {
    case 'exited':
      return t(outcome.hook === 'cut' ? 'reason.exitedCut' : 'reason.exited', values)
    case 'killed-in-hook': return t('reason.killedInHook', values)
    case 'killed-after':
      return t(outcome.hook === 'none' ? 'reason.killedNoHook' : 'reason.killedAfter', values)
    case 'not-run': return t('reason.notRun')
    case 'too-long': return t('reason.tooLong')
    case 'failed': return t('reason.failed')
  }
}

/** A cell of the map for a reader who does not see it. */
export function cellWords(t: Words, settings: Settings, outcome: Outcome | undefined): string {
  const setting = settingWords(t, settings)
  if (!outcome) return t('cellPending', { setting })
  const what = outcomeName(t, outcome)
  return outcome.goneSeconds === null
    ? t('cellOpen', { setting, outcome: what })
    : t('cell', { setting, outcome: what, gone: seconds(outcome.goneSeconds) })
}

/** "grace 10 s, hook 20 s": what is turned, and nothing else. */
export function settingWords(t: Words, settings: Settings): string {
  const parts = (['grace', 'hook', 'app'] as const satisfies readonly Knob[]).flatMap((knob) =>
    settings[knob] === null ? [] : [t(`short.${knob}`, { seconds: String(settings[knob]) })])
  return parts.join(t('comma'))
}

/** To the tenth, as everywhere. */
export function seconds(value: number | null): string {
  return value === null ? '' : value.toFixed(1)
}
