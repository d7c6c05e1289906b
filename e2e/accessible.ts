import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

// No page of ours has frames, so axe can do without a page of its own, which takes a second.
const axe = (page: Page) => new AxeBuilder({ page }).setLegacyMode(true)

/** Fails with what axe finds on the page, or in `part` of it. */
export async function isAccessible(page: Page, part = 'html'): Promise<void> {
  await findsNothing(axe(page).include(part).withTags(tags))
}

/** The same of colours alone: all that changes with the theme. */
export async function isLegible(page: Page): Promise<void> {
  await findsNothing(axe(page).withRules(['color-contrast']))
}

/** The page's colours become those of another theme. */
export async function changeTheme(page: Page, theme: string): Promise<void> {
  await page.evaluate((name) => { document.documentElement.dataset.theme = name }, theme)
}

async function findsNothing(builder: AxeBuilder): Promise<void> {
  const { violations } = await builder.analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`))
    .toEqual([])
}
