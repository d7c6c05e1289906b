import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Fails with what axe finds on the page, or in `part` of it. */
export async function isAccessible(page: Page, part = 'html'): Promise<void> {
  // No page of ours has frames, so axe can do without a page of its own, which takes a second.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true)
    .include(part).withTags(tags).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`))
    .toEqual([])
}
