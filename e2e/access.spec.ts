import { expect, test } from '@playwright/test'
import { isAccessible, isLegible } from './accessible.ts'
import { language, LessonPage, words } from './lesson-page.ts'

const themes = ['light', 'dark', 'contrast'] as const

for (const theme of themes) {
  test(`home and lesson have no barrier that axe finds, ${theme}`, async ({
    page,
    context,
    baseURL,
  }) => {
    const look = theme === 'light' ? isAccessible : isLegible
    await context.addCookies([{ name: 'grace-theme', value: theme, url: baseURL ?? '' }])
    await page.goto(`/${language()}`)
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
    await look(page)
    const lesson = new LessonPage(page)
    await lesson.open('prestop-grace')
    await lesson.button(words().editor.apply).click()
    await expect(page.locator('[data-pane=timeline] [data-item]').first()).toBeVisible()
    await look(page)
  })
}

test('the theme is in the page before any script', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  await context.addCookies([{ name: 'grace-theme', value: 'dark', url: baseURL ?? '' }])
  const page = await context.newPage()
  await page.goto(`/${language()}`)
  const ground = await page.evaluate(
    () => getComputedStyle(document.documentElement).backgroundColor,
  )
  expect(ground).toBe('rgb(16, 19, 18)')
  await context.close()
})

test('without a script the whole text can be read', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(`/${language()}/lessons/prestop-grace`)
  for (const text of await page.locator('details[id^=step] p').all())
    await expect(text).toBeVisible()
  await context.close()
})
