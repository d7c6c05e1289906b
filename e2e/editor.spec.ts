import { expect, test } from '@playwright/test'
import { LessonPage, words } from './lesson-page.ts'

test('editor and terminal share the files', async ({ page }) => {
  const lesson = new LessonPage(page)
  await lesson.open('prestop-grace')

  await test.step('what is saved can be read in the terminal', async () => {
    await lesson.append(' # from the editor')
    await expect(page.getByText(words().editor.unsaved).first()).toBeVisible()
    await page.keyboard.press('Control+s')
    await expect(page.getByText(words().editor.saved, { exact: true })).toBeVisible()
    await lesson.type('1', 'grep editor busybox.yaml')
    await expect(lesson.screen('1')).toContainText('# from the editor')
  })

  await test.step('what the terminal writes appears in the editor', async () => {
    await lesson.type('1', "sed -i 's/from the editor/from the terminal/' busybox.yaml")
    await expect(lesson.editor()).toContainText('from the terminal')
  })

  await test.step('two versions wait side by side until one is chosen', async () => {
    await lesson.append(' mine')
    await lesson.type('1', "sed -i 's/from the terminal/theirs/' busybox.yaml")
    await expect(lesson.button(words().editor.takeTheirs)).toBeVisible()
    await expect(lesson.editor()).toContainText('from the terminal mine')
    await lesson.button(words().editor.takeTheirs).click()
    await expect(lesson.editor()).toContainText('# theirs')
    await lesson.editor().click()
    await page.keyboard.press('Control+z')
    await expect(lesson.editor()).toContainText('from the terminal mine')
  })

  await test.step('what is unsaved outlives a reload', async () => {
    await page.reload()
    await expect(lesson.editor()).toContainText('from the terminal mine')
  })
})

test('apply types the command for all to see', async ({ page }) => {
  const lesson = new LessonPage(page)
  await lesson.open('prestop-grace')
  await lesson.button(words().editor.apply).click()
  await expect(lesson.screen('1')).toContainText('kubectl apply -f busybox.yaml')
  await expect(lesson.screen('1')).toContainText('pod/busybox created')
  await expect(page.locator('[data-pane=timeline] [data-item]').first()).toBeVisible()
})

test('the schema marks errors and explains fields', async ({ page }) => {
  const lesson = new LessonPage(page)
  await lesson.open('prestop-grace')
  const marks = page.locator('.monaco-editor .squiggly-error, .monaco-editor .squiggly-warning')
  await lesson.editor().click()
  await page.keyboard.press('Control+Home')
  await expect(marks).toHaveCount(0)
  await page.keyboard.press('Control+End')
  await page.keyboard.type('\n  restartPolicy: Sometimes')
  await expect(marks.first()).toBeVisible()
  await page
    .locator('.view-line span', { hasText: /^terminationGracePeriodSeconds$/ })
    .first()
    .hover()
  await expect(page.locator('.monaco-hover').first()).toContainText('Optional duration in seconds')
})
