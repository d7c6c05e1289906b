import { expect, test, type Browser, type Page } from '@playwright/test'
import { isAccessible } from './accessible.ts'
import { language, LessonPage, words } from './lesson-page.ts'

// Branches and links: what was is kept, and shown to others up to one moment.

const bar = (page: Page) => page.getByRole('group', { name: words().timeBar.name })
const clock = (page: Page) => page.getByRole('timer')
const card = (page: Page) => page.locator('section:popover-open')
const named = (text: string, values: Readonly<Record<string, string>>) =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)

/** Two branches: `main` with a pod, and one that goes on from before it. The second is open. */
async function twoBranches(page: Page): Promise<LessonPage> {
  const lesson = new LessonPage(page)
  await lesson.open('prestop-grace')
  await lesson.type('1', 'kubectl apply -f busybox.yaml')
  await expect(lesson.screen('1')).toContainText('pod/busybox created')
  await lesson.button(words().timeBar.pause).click()
  await lesson.button(words().timeBar.previous).focus()
  await page.keyboard.press('Home')
  await lesson.button(words().timeBar.continueHere).click()
  await expect(openBranch(page)).toHaveText(new RegExp(secondName()))
  await expect(lesson.screen('1')).not.toContainText('pod/busybox created')
  return lesson
}

const firstName = () => words().history.main
const secondName = () => named(words().history.numbered, { number: '2' })
const openBranch = (page: Page) => bar(page).locator('button[popovertarget]')
  .filter({ has: page.locator('strong[dir=auto]') })
const row = (page: Page, branch: string) => card(page).getByRole('listitem')
  .filter({ hasText: new RegExp(`^${branch}`) })

test('the old branch stays: opened again, named, compared, deleted', async ({ page }) => {
  const lesson = await twoBranches(page)
  const { history } = words()
  await lesson.append('# only here')
  await openBranch(page).click()
  await expect(row(page, secondName())).toContainText(history.isOpen)
  await isAccessible(page)
  await row(page, firstName()).getByRole('button', { name: new RegExp(`^${firstName()}`) }).click()
  await expect(lesson.screen('1')).toContainText('pod/busybox created')
  await expect(openBranch(page)).toHaveText(new RegExp(firstName()))
  // What was typed and not saved on one branch does not turn up on another.
  await expect(lesson.editor()).toContainText('apiVersion')
  await expect(lesson.editor()).not.toContainText('only here')

  await openBranch(page).click()
  await card(page)
    .getByRole('button', { name: named(history.rename, { branch: secondName() }) }).click()
  await page.keyboard.type('longer grace')
  await page.keyboard.press('Enter')
  await expect(row(page, 'longer grace')).toBeVisible()
  await expect(row(page, 'longer grace')
    .getByRole('link', { name: named(history.compareWith, { branch: 'longer grace' }) }))
    .toHaveAttribute('href', /\/compare\?a=[\w-]+&b=[\w-]+$/)

  await card(page)
    .getByRole('button', { name: named(history.remove, { branch: 'longer grace' }) }).click()
  await isAccessible(page)
  await card(page).getByRole('button', { name: history.removeYes, exact: true }).click()
  await expect(row(page, 'longer grace')).toBeHidden()
  await expect(card(page)).toContainText(history.onlyOne)
})

test('what was continued from a deleted branch stays', async ({ page }) => {
  const lesson = await twoBranches(page)
  const { history } = words()
  await openBranch(page).click()
  await card(page)
    .getByRole('button', { name: named(history.remove, { branch: firstName() }) }).click()
  await expect(card(page)).toContainText(named(history.removeStanding, { names: secondName() }))
  await page.keyboard.press('Enter')
  await expect(row(page, firstName())).toBeVisible()
  await expect(lesson.screen('1')).toContainText('$')
})

/** A link to the present moment of a lab whose pod is being deleted. */
async function sharedLink(page: Page): Promise<string> {
  const lesson = new LessonPage(page)
  await lesson.open('prestop-grace')
  await lesson.type('1', 'kubectl apply -f busybox.yaml')
  await expect(lesson.screen('1')).toContainText('pod/busybox created')
  await lesson.isRunning()
  await lesson.type('1', 'kubectl delete pod busybox')
  await expect(lesson.drawn(words().timeline.grace)).toBeVisible()
  await lesson.button(words().timeBar.pause).click()
  await expect(lesson.button(words().timeBar.play)).toBeVisible()
  await lesson.button(words().history.share).click()
  const moment = (await clock(page).textContent()) ?? ''
  await card(page).getByRole('button', { name: named(words().history.make, { moment }) }).click()
  const address = card(page).getByRole('textbox', { name: words().history.address })
  await expect(address).toBeFocused()
  return address.inputValue()
}

async function asSomebodyElse(browser: Browser, address: string): Promise<Page> {
  const context = await browser.newContext({ locale: language() === 'zh' ? 'zh-CN' : 'en-US' })
  const page = await context.newPage()
  await page.goto(address)
  return page
}

test('a link shows another person one moment, and lets them go on alone', async ({
  page, browser,
}) => {
  const address = await sharedLink(page)
  await isAccessible(page)
  const other = await asSomebodyElse(browser, address)
  const { history, terminal, timeBar } = words()
  const screen = other.locator('#past-panel-1 .xterm-rows')
  await expect(screen).toContainText('kubectl delete pod busybox')
  await expect(other.locator('[data-pane=files]')).toContainText('terminationGracePeriodSeconds')
  await expect(other.locator('meta[name=robots]')).toHaveAttribute('content', /noindex/)
  await expect(other.locator('meta[name=referrer]')).toHaveAttribute('content', 'no-referrer')
  await isAccessible(other)

  await other.getByRole('tab', { name: terminal.cluster }).click()
  await expect(other.locator('[data-pane=screens]')).toContainText('Terminating')
  await other.getByRole('button', { name: timeBar.previous }).focus()
  await other.keyboard.press('Home')
  await expect(clock(other)).toHaveText('0:00.0')
  await expect(other.locator('[data-pane=screens]')).not.toContainText('Terminating')
  await isAccessible(other)

  await other.getByRole('button', { name: history.ownLab }).click()
  const own = new LessonPage(other)
  await expect(own.screen('1')).toContainText('kubectl delete pod busybox')
  await expect(openBranch(other)).toHaveText(new RegExp(history.shared))
  await other.context().close()
})

test('a link that is taken back leads nowhere, and says so calmly', async ({ page, browser }) => {
  const address = await sharedLink(page)
  const { history } = words()
  await card(page).getByRole('button', { name: named(history.revokeNamed, {
    branch: firstName(), moment: (await clock(page).textContent()) ?? '',
  }) }).click()
  await expect(card(page).getByRole('textbox')).toBeHidden()
  const other = await asSomebodyElse(browser, address)
  await expect(other.getByRole('heading', { level: 1 })).toHaveText(history.gone)
  await expect(other.locator('meta[name=robots]').first()).toHaveAttribute('content', /noindex/)
  await isAccessible(other)
  const answer = await other.request.get(other.url())
  expect(answer.status()).toBe(404)
  await other.context().close()
})

test('by keyboard alone: back, on, the other branch again, a link', async ({ page }) => {
  const lesson = await twoBranches(page)
  const { history } = words()
  await openBranch(page).focus()
  await page.keyboard.press('Enter')
  await expect(card(page)).toBeVisible()
  // The card's first control is the name of the branch that is not open.
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(lesson.screen('1')).toContainText('pod/busybox created')
  await expect(card(page)).toBeHidden()
  await lesson.button(history.share).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(card(page).getByRole('textbox', { name: history.address })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(card(page)).toBeHidden()
  await expect(lesson.button(history.share)).toBeFocused()
})
