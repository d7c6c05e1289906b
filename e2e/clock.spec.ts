import { expect, test, type Page } from '@playwright/test'
import { isAccessible } from './accessible.ts'
import { LessonPage, words } from './lesson-page.ts'

// The clock in the learner's hand: a shutdown is paused, stepped, looked back on and done again.

const timeline = (page: Page) => page.locator('[data-pane=timeline]')
const clock = (page: Page) => page.getByRole('timer')
const note = (page: Page) => page.locator('[data-pane=terminal]')
  .getByText(words().terminal.pastNote.split('{moment}')[0] ?? '')

/** A pod that is being deleted, and the clock paused in its preStop hook. */
async function pausedInPreStop(page: Page): Promise<LessonPage> {
  const lesson = new LessonPage(page)
  await lesson.open('prestop-grace')
  await lesson.button(words().editor.apply).click()
  await lesson.isRunning()
  await lesson.type('1', 'kubectl delete pod busybox')
  await expect(lesson.drawn(words().timeline.grace)).toBeVisible()
  await lesson.button(words().timeBar.pause).click()
  await expect(lesson.button(words().timeBar.play)).toBeVisible()
  return lesson
}

async function runTo(page: Page, what: string): Promise<void> {
  await page.getByRole('button', { name: words().timeBar.chooseRun }).click()
  await page.locator('[popover]:popover-open').getByRole('button', { name: what }).click()
}

test('a shutdown is paused, stepped to SIGTERM, and run to its end', async ({ page }) => {
  const lesson = await pausedInPreStop(page)
  const shown = await clock(page).textContent()
  await page.waitForTimeout(700)
  await expect(clock(page)).toHaveText(shown ?? '')
  await lesson.type('1', '')
  await isAccessible(page)

  await runTo(page, words().timeBar.until.sigterm)
  await expect(timeline(page)).toContainText('SIGTERM')
  await expect(clock(page)).not.toHaveText(shown ?? '')
  await expect(lesson.button(words().timeBar.play)).toBeVisible()

  await runTo(page, words().timeBar.until['pod-gone'])
  await expect(timeline(page)).toContainText(words().timeline.exit.replace('{code}', '137'))
  await expect(lesson.screen('1')).toContainText('deleted from default namespace')

  await runTo(page, words().timeBar.until.sigkill)
  await expect(page.getByRole('status').filter({ hasText: 'SIGKILL' })).toBeVisible()
})

test('rewound to before the apply, and done with a longer grace period', async ({ page }) => {
  const lesson = await pausedInPreStop(page)
  await lesson.button(words().timeBar.previous).focus()
  await page.keyboard.press('Home')
  await expect(note(page)).toBeVisible()
  await expect(clock(page)).toHaveText('0:00.0')
  await page.keyboard.press('ArrowRight')
  await expect(clock(page)).not.toHaveText('0:00.0')
  await expect(page.locator('#past-panel-1 .xterm-rows')).toContainText('$')
  await expect(page.locator('#past-panel-1')).not.toContainText('pod/busybox created')
  await isAccessible(page)

  await lesson.button(words().timeBar.continueHere).click()
  await expect(note(page)).toBeHidden()
  await expect(lesson.screen('1')).not.toContainText('kubectl apply')
  await lesson.type('1', "sed -i 's/PeriodSeconds: 30/PeriodSeconds: 45/' busybox.yaml")
  await lesson.type('1', 'kubectl apply -f busybox.yaml')
  await expect(lesson.screen('1')).toContainText('pod/busybox created')
  await expect(lesson.editor()).toContainText('45')
  await lesson.button(words().timeBar.play).click()
  await lesson.isRunning()
  await lesson.type('1', 'kubectl delete pod busybox')
  await expect(timeline(page)).toContainText(words().timeline.seconds.replace('{seconds}', '45'))
})

test('by keyboard alone: play, step, look back, return', async ({ page }) => {
  const lesson = await pausedInPreStop(page)
  await lesson.button(words().timeBar.next).focus()
  const before = await clock(page).textContent()
  await page.keyboard.press('ArrowRight')
  await expect(clock(page)).not.toHaveText(before ?? '')
  await page.keyboard.press('Shift+ArrowLeft')
  await expect(note(page)).toBeVisible()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('End')
  await expect(note(page)).toBeHidden()
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  })
  await page.keyboard.press(' ')
  await expect(lesson.button(words().timeBar.pause)).toBeVisible()
  await page.getByRole('radio', { name: words().timeBar.times.replace('{pace}', '10') }).focus()
  await page.keyboard.press(' ')
  await expect(page.getByRole('radio', { name: '10×' })).toBeChecked()
})

test('two pages of one lab have one clock', async ({ page, context }) => {
  const lesson = await pausedInPreStop(page)
  const other = new LessonPage(await context.newPage())
  await other.open('prestop-grace')
  await expect(other.button(words().timeBar.play)).toBeVisible()
  await expect(clock(other.page)).toHaveText((await clock(page).textContent()) ?? '')
  await other.button(words().timeBar.play).click()
  await expect(lesson.button(words().timeBar.pause)).toBeVisible()
})
