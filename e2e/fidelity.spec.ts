import { expect, test } from '@playwright/test'
import { isAccessible } from './accessible.ts'
import { language, words } from './lesson-page.ts'

test('the reader sees how true the simulator is, scenario by scenario', async ({ page }) => {
  await page.goto(`/${language()}`)
  await page.getByRole('link', { name: words().home.fidelity }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(words().fidelity.title)
  const row = page.getByRole('row', { name: /busybox-prestop/ })
  await expect(row).toContainText('10 / 10')
  await isAccessible(page)

  await row.getByRole('link').click()
  const picture = page.getByRole('img', { name: /busybox/ })
  await expect(picture).toContainText(words().fidelity.exit.replace('{code}', '137'))
  await expect(picture).toContainText(words().fidelity.recorded)
  await isAccessible(page)
})

test('a scenario that there is not is not found', async ({ page }) => {
  const response = await page.goto(`/${language()}/fidelity/no-such-scenario`)
  expect(response?.status()).toBe(404)
})
