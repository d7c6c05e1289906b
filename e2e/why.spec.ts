import { expect, test, type Locator, type Page } from '@playwright/test'
import { isAccessible } from './accessible.ts'
import { LessonPage, words } from './lesson-page.ts'

/** A pod whose last seconds were over, and the card about its SIGKILL. */
class Why {
  readonly page: Page
  readonly lesson: LessonPage
  readonly kill: Locator
  readonly card: Locator

  constructor(page: Page) {
    this.page = page
    this.lesson = new LessonPage(page)
    this.kill = this.lesson.drawn('SIGKILL')
    this.card = page.getByRole('dialog', {
      name: words().why.title.thing.replace('{what}', 'SIGKILL'),
    })
  }

  static async withKill(page: Page): Promise<Why> {
    const why = new Why(page)
    await why.lesson.open('prestop-grace')
    await why.lesson.button(words().editor.apply).click()
    await why.lesson.isRunning()
    await why.lesson.type('1', 'kubectl delete pod busybox --wait=false')
    await page.getByRole('radio', { name: words().timeBar.times.replace('{pace}', '60') }).click()
    await expect(why.kill).toBeAttached()
    await why.lesson.button(words().timeBar.pause).click()
    await why.lesson.button(words().timeline.fit).click()
    await expect(why.kill).toBeVisible()
    return why
  }

  steps(): Locator {
    return this.card.getByRole('listitem')
  }
}

const end = (chain: string): string => chain.slice(chain.lastIndexOf('}') + 1)

test('why SIGKILL: back to the line of the manifest, which the editor shows', async ({ page }) => {
  const why = await Why.withKill(page)
  await why.kill.click()
  await expect(why.card).toBeVisible()
  const { chain } = words().why
  await expect(why.steps().nth(0)).toContainText(end(chain.killGraceOver).slice(0, 8))
  await expect(why.steps().nth(1)).toContainText(end(chain.signalNoHandler))
  await expect(why.steps().nth(3)).toContainText('kubectl delete pod busybox')
  await expect(why.steps().last()).toContainText('command: ["/bin/sh", "-c", "sleep 10m"]')
  await isAccessible(page, '[role=dialog]')

  await why.lesson.button(words().why.showInEditor).click()
  await expect(page.locator('.monaco-editor .lit-line').first()).toBeVisible()
  await page.getByRole('button', { name: words().why.close, exact: true }).click()
  await expect(why.card).toBeHidden()
  await expect(why.kill).toBeFocused()
  await expect(page.locator('.monaco-editor .lit-line')).toHaveCount(0)
})

test('a changed file is no longer shown as if it said the same', async ({ page }) => {
  const why = await Why.withKill(page)
  await why.lesson.append(' # later')
  await page.keyboard.press('Control+s')
  await why.kill.click()
  await expect(why.card).toContainText(words().why.changedSince.replace('{path}', 'busybox.yaml'))
  await expect(why.card).toContainText('sleep 10m')
  await expect(why.lesson.button(words().why.showInEditor)).toHaveCount(0)
})

test('by keyboard alone: ask, go back a step, close', async ({ page }) => {
  const why = await Why.withKill(page)
  await why.kill.focus()
  await page.keyboard.press('Enter')
  await expect(why.card.getByRole('heading')).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  const second = why.steps().nth(1).getByRole('button')
  await expect(second).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(second).toHaveAttribute('aria-current', 'time')
  await page.keyboard.press('Escape')
  await expect(why.card).toBeHidden()
  await expect(why.kill).toBeFocused()
})
