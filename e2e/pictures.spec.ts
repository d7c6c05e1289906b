import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { language, LessonPage, words } from './lesson-page.ts'
import { smaller } from './small-png.ts'
import { twoBranches } from './two-branches.ts'

// The pictures under docs/pictures, taken by hand when the pages have changed:
//     GRACE_PICTURES=1 npx playwright test e2e/pictures.spec.ts
// Each is looked at before it is committed.

const directory = join('docs', 'pictures')
const MOST_BYTES = 200_000

test.use({ viewport: { width: 1280, height: 800 } })
test.describe.configure({ mode: 'parallel', timeout: 180_000 })

const timeline = (page: Page) => page.locator('[data-pane=timeline]')

async function take(page: Page, name: string, theme: string): Promise<void> {
  // Nothing moves, nothing blinks, nothing is pointed at.
  await page.mouse.move(0, 0)
  await page.waitForTimeout(600)
  const path = join(directory, `${name}-${language()}-${theme}.png`)
  mkdirSync(directory, { recursive: true })
  const picture = smaller(await page.screenshot({ animations: 'disabled', caret: 'hide' }))
  writeFileSync(path, picture)
  expect(picture.length).toBeLessThanOrEqual(MOST_BYTES)
}

/** The second lesson's pod, being deleted, and the clock paused in its hook. */
async function pausedInPreStop(page: Page): Promise<LessonPage> {
  const lesson = new LessonPage(page)
  await lesson.open('prestop-grace')
  await lesson.button(words().editor.apply).click()
  await lesson.isRunning()
  await lesson.type('1', 'kubectl delete pod busybox')
  await expect(timeline(page)).toContainText('preStop')
  await page.waitForTimeout(4_000)
  await lesson.button(words().timeBar.pause).click()
  await expect(lesson.button(words().timeBar.play)).toBeVisible()
  return lesson
}

async function runTo(page: Page, what: string): Promise<void> {
  await page.getByRole('button', { name: words().timeBar.chooseRun }).click()
  await page.locator('[popover]:popover-open').getByRole('button', { name: what }).click()
}

/** The whole shutdown, from the apply to the pod's end. */
async function over(page: Page): Promise<LessonPage> {
  const lesson = await pausedInPreStop(page)
  await runTo(page, words().timeBar.until['pod-gone'])
  await expect(lesson.screen('1')).toContainText('deleted')
  // A little later there is room for the word that says it is gone.
  await lesson.button(words().timeBar.play).click()
  await expect(timeline(page)).toContainText(words().timeline.gone)
  await page.waitForTimeout(1_500)
  await lesson.button(words().timeBar.pause).click()
  await lesson.button(words().timeline.fit).click()
  return lesson
}

for (const theme of ['light', 'dark'] as const) {
  test.describe(theme, () => {
    test.beforeEach(({ context, baseURL }) =>
      context.addCookies([{ name: 'grace-theme', value: theme, url: baseURL ?? '' }]))

    test('paused in preStop', async ({ page }) => {
      await pausedInPreStop(page)
      await take(page, 'paused-in-prestop', theme)
    })

    test('why SIGKILL', async ({ page }) => {
      await over(page)
      await new LessonPage(page).drawn('SIGKILL').click()
      const name = words().why.title.thing.replace('{what}', 'SIGKILL')
      await expect(page.getByRole('dialog', { name })).toBeVisible()
      await take(page, 'why-sigkill', theme)
    })

    test('in the past', async ({ page }) => {
      const lesson = await over(page)
      await lesson.button(words().timeBar.previous).focus()
      for (let step = 0; step < 6; step++) await page.keyboard.press('ArrowLeft')
      await expect(lesson.button(words().timeBar.continueHere)).toBeVisible()
      await page.waitForTimeout(1_500)
      await take(page, 'in-the-past', theme)
    })

    test('two branches', async ({ page }) => {
      const { main, other } = await twoBranches(page)
      await page.goto(`/${language()}/lessons/prestop-grace/compare?a=${main}&b=${other}`)
      await expect(page.getByRole('heading', { name: words().compare.counted['5'] })).toBeVisible()
      await take(page, 'compare', theme)
    })

    test('a link', async ({ page }) => {
      await over(page)
      await page.getByRole('button', { name: words().history.share, exact: true }).click()
      const card = page.getByRole('region', { name: words().history.share, exact: true })
      await card.locator('.button-primary').click()
      await expect(card.getByRole('listitem').first()).toBeVisible()
      await take(page, 'share', theme)
    })

    test('what if', async ({ page }) => {
      await over(page)
      await timeline(page).getByRole('link', { name: words().whatIf.name }).click()
      const cells = page.getByRole('gridcell')
      await expect(async () => {
        const count = await cells.count()
        expect(count).toBeGreaterThan(0)
        const played = words().whatIf.played.replace('{count}', String(count))
        await expect(page.getByText(played)).toBeVisible({ timeout: 1_000 })
      }).toPass({ timeout: 120_000 })
      await take(page, 'what-if', theme)
    })
  })
}
