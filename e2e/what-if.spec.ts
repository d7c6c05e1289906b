import { expect, test, type Locator, type Page } from '@playwright/test'
import { changeTheme, isAccessible, isLegible } from './accessible.ts'
import { language, LessonPage, words } from './lesson-page.ts'

/** Applies and deletes the second lesson's pod, then goes to "What if" from the time bar. */
async function fromShutdown(page: Page): Promise<LessonPage> {
  const lesson = new LessonPage(page)
  await lesson.open('prestop-grace')
  await page.getByRole('radio', { name: words().timeBar.times.replace('{pace}', '60') }).click()
  await lesson.type('1', 'kubectl apply -f busybox.yaml')
  await lesson.isDone('apply')
  await lesson.type('1', 'kubectl delete pod busybox')
  await lesson.isDone('delete')
  const timeline = page.locator('[data-pane=timeline]')
  await timeline.getByRole('link', { name: words().whatIf.name }).click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(cells(page).first()).toBeVisible()
  return lesson
}

const cells = (page: Page): Locator => page.getByRole('gridcell')

/** A cell by its settings, once it has been played. */
function cellOf(page: Page, grace: number, hook: number): Locator {
  const { short, comma } = words().whatIf
  const setting = [
    short.grace.replace('{seconds}', String(grace)), short.hook.replace('{seconds}', String(hook)),
  ].join(comma)
  return page.locator(`[role=gridcell][aria-label^="${setting}"]`)
}

/** Coarse cells are played first: what a journey looks at is there before the whole map is. */
async function isPlayed(cell: Locator, as: string): Promise<void> {
  await expect(cell).toHaveAttribute('aria-label', new RegExp(as), { timeout: 45_000 })
}

const verdict = (page: Page): Locator =>
  page.getByRole('region', { name: words().whatIf.verdict, exact: true })

test('a shutdown is played again with other numbers, and a cell opened as a lab', async ({ page }) => {
  await fromShutdown(page)
  const { outcome, knob, appTurned, open, inSeconds } = words().whatIf
  await expect(verdict(page)).toContainText(outcome.killedAfter)

  const number = (name: string) => page.getByRole('spinbutton', {
    name: inSeconds.replace('{knob}', name), exact: true,
  })
  await number(knob.grace).fill('8')
  await expect(verdict(page)).toContainText(outcome.killedInHook)
  await expect(verdict(page)).toContainText('137')

  await page.getByRole('radio', { name: appTurned }).check()
  await number(knob.app).fill('1')
  await expect(verdict(page)).toContainText(outcome.exitedCut.replace('{code}', '0'))
  await number(knob.grace).fill('30')
  await expect(verdict(page)).toContainText(outcome.exited.replace('{code}', '0'))

  await isPlayed(cellOf(page, 18, 8), outcome.exited.replace('{code}', '0'))
  await cellOf(page, 18, 8).click()
  await expect(number(knob.grace)).toHaveValue('18')
  await expect(number(knob.hook)).toHaveValue('8')

  await page.getByRole('button', { name: open }).click()
  await page.waitForURL(`**/${language()}/lessons/prestop-grace`)
  const lesson = new LessonPage(page)
  await expect(lesson.screen('1')).toContainText('kubectl delete pod busybox')
  await expect(lesson.editor()).toContainText('terminationGracePeriodSeconds: 18')
})

test('the map is read and walked with keys alone', async ({ page }) => {
  await fromShutdown(page)
  const { cliff, outcome } = words().whatIf
  await expect(page.getByText(cliff)).toBeVisible()
  await isPlayed(cellOf(page, 34, 16), outcome.killedAfter)
  await isPlayed(cellOf(page, 2, 16), outcome.killedInHook)

  await cellOf(page, 2, 0).focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowUp')
  await expect(cellOf(page, 4, 2)).toBeFocused()
  await page.keyboard.press('End')
  await expect(cellOf(page, 40, 2)).toBeFocused()
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await expect(cellOf(page, 2, 2)).toHaveAttribute('aria-selected', 'true')
  await expect(verdict(page)).toContainText(outcome.killedAfter)
})

test('says what is missing, and holds without help', async ({ page }) => {
  await page.goto(`/${language()}/lessons/prestop-grace/what-if`)
  await expect(page.getByText(words().whatIf.none['no-shutdown'])).toBeVisible()
  await isAccessible(page)
  await page.goto(`/${language()}/lessons/nothing-here/what-if`)
  await expect(page.getByText(words().notFound.title)).toBeVisible()
})

test('is accessible in every theme and on a phone', async ({ page }) => {
  await fromShutdown(page)
  await isPlayed(cellOf(page, 2, 16), words().whatIf.outcome.killedInHook)
  await isAccessible(page)
  for (const theme of ['dark', 'contrast']) {
    await changeTheme(page, theme)
    await isLegible(page)
  }
  await page.setViewportSize({ width: 390, height: 844 })
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth))
    .toBeLessThanOrEqual(390)
  await isAccessible(page)
})
