import type { Translate } from '../i18n/translations.tsx'
import type { Words } from './layout-types.ts'

const OUTCOMES = {
  handled: 'outcomeHandled', ignored: 'outcomeIgnored', 'no-handler-pid1': 'outcomeNoHandler',
  fatal: 'outcomeFatal', stopped: 'outcomeStopped',
} as const

/** The timeline's words in the reader's language. */
export function timelineWords(t: Translate<'timeline'>): Words {
  return {
    phase: (name) => t(name),
    many: (count) => t('many', { count: String(count) }),
    deleted: t('deleteNote'),
    namedBudget: (seconds) => t('budgetNamed', { seconds }),
    exit: (code) => t('exit', { code: String(code) }),
    hookFailed: t('hookFailed'),
    notAwaited: t('notAwaited'),
    outcome: (outcome) => t(OUTCOMES[outcome]),
    gone: t('gone'),
    budget: (seconds) => t('seconds', { seconds }),
    left: (seconds) => t('left', { seconds }),
    hookSpent: (seconds) => t('hookSpent', { seconds }),
    stopSpent: (seconds, ignored) => t(ignored ? 'stopIgnored' : 'stopSpent', { seconds }),
    overdraft: (seconds) => t('overdraft', { seconds }),
    restart: (count) => t('restart', { count: String(count) }),
    grace: t('grace'),
    sentence: (of, values) => t(`sentence.${of === 'not-awaited' ? 'notAwaited' : of}`, values),
    told: ({ name, values }) => t(`facts.${name}`, values),
  }
}
