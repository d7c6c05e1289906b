import { expect, test } from '@playwright/test'
import { isAccessible } from './accessible.ts'
import { language, LessonPage, words } from './lesson-page.ts'

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

test('reading on a phone: nothing sideways, nothing heavy, sheets when wanted', async ({
  page,
}) => {
  const loaded: string[] = []
  page.on('response', (response) => {
    if (response.url().endsWith('.js')) loaded.push(response.url())
  })
  const lesson = new LessonPage(page)
  await page.goto(`/${language()}/lessons/prestop-grace`)
  await expect(page.getByRole('timer')).toBeVisible()
  const wide = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(wide).toBe(390)
  await isAccessible(page)
  const before = loaded.length

  await lesson.step('explain-prestop').getByRole('button', { name: words().lesson.run }).click()
  await expect(lesson.screen('1')).toContainText('FIELDS')
  expect(loaded.length).toBeGreaterThan(before)
  await lesson.button(words().lab.closeSheet).click()
  await expect(lesson.screen('1')).toBeHidden()
  await lesson.isDone('explain-prestop')
})

test('targets are large enough for a thumb', async ({ page }) => {
  await page.goto(`/${language()}/lessons/prestop-grace`)
  await expect(page.getByRole('timer')).toBeVisible()
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('button, summary, header a:not(.skip)')]
      .filter((element) => element.checkVisibility())
      .map((element) => ({ box: element.getBoundingClientRect(), html: element.outerHTML }))
      .filter(({ box }) => box.height > 0 && box.height < 44)
      .map(({ html }) => html.slice(0, 90)),
  )
  expect(small).toEqual([])
})
