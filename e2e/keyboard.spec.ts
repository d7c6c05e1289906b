import { expect, test } from '@playwright/test'
import { LessonPage, words } from './lesson-page.ts'

test('F6 goes from pane to pane, out of the terminal too', async ({ page }) => {
  const lesson = new LessonPage(page)
  await lesson.open('prestop-grace')
  await lesson.button(words().editor.apply).click()
  await expect(page.locator('[data-pane=timeline] [data-item]').first()).toBeVisible()
  await page.locator('#text').focus()
  const here = () =>
    page.evaluate(() => document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane'))
  const visited = [await here()]
  for (let turn = 0; turn < 4; turn++) {
    await page.keyboard.press('F6')
    visited.push(await here())
  }
  expect(visited).toEqual(['text', 'editor', 'terminal', 'timeline', 'text'])
})

test('dividers move with arrow keys, remember, and come back', async ({ page }) => {
  const lesson = new LessonPage(page)
  await lesson.open('prestop-grace')
  const divider = page.getByRole('separator', { name: words().lab.resizeText })
  const width = async () => (await page.locator('#text').boundingBox())?.width ?? 0
  const before = await width()
  await divider.focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect.poll(width).toBe(before + 32)
  await page.reload()
  await lesson.ready()
  expect(await width()).toBe(before + 32)
  await divider.dblclick()
  await expect.poll(width).toBe(before)
})

test('the timeline is one stop, and arrow keys go through time', async ({ page }) => {
  const lesson = new LessonPage(page)
  await lesson.open('prestop-grace')
  await lesson.button(words().editor.apply).click()
  const things = page.locator('[data-pane=timeline] [data-item]')
  await expect.poll(() => things.count()).toBeGreaterThan(4)
  await expect(page.locator('[data-pane=timeline] [data-item][tabindex="0"]')).toHaveCount(1)
  await page.locator('[data-pane=timeline] [data-item][tabindex="0"]').focus()
  await page.keyboard.press('Home')
  const first = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
  expect(first).toContain('Pending')
  await page.keyboard.press('ArrowRight')
  const second = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
  expect(second).not.toBe(first)
  await lesson.button(words().timeline.asList).click()
  await expect(page.getByRole('list', { name: words().timeline.asList })).toContainText('busybox')
})
