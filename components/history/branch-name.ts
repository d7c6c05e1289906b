import type { BranchTree } from '../../server/history.ts'
import type { Translate } from '../i18n/translations.tsx'

/** Names that the server gives by itself; all others are the learner's own words. */
const GIVEN = /^(main|branch|shared)(?: (\d+))?$/

/** A branch's name in the reader's language. */
export function shownName(t: Translate<'history'>, name: string): string {
  const [, kind, number] = GIVEN.exec(name) ?? []
  if (kind === 'branch') return number === undefined ? name : t('numbered', { number })
  if (kind === 'main') return number === undefined ? t('main') : t('mainNumbered', { number })
  if (kind === 'shared') return number === undefined ? t('shared') : t('sharedNumbered', { number })
  return name
}

export function withShownNames(t: Translate<'history'>, tree: BranchTree): BranchTree {
  const branches = tree.branches.map((one) => ({ ...one, name: shownName(t, one.name) }))
  return { ...tree, branches }
}
