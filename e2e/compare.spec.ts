import { expect, test, type Page } from '@playwright/test'
import { changeTheme, isAccessible, isLegible } from './accessible.ts'
import { language, LessonPage, words } from './lesson-page.ts'
import { twoBranches, type TwoBranches } from './two-branches.ts'

const lesson = 'prestop-grace'
const text = () => words().compare
const list = (page: Page) => page.locator('#differences').locator('..').getByRole('listitem')
const bar = (page: Page) => page.getByRole('group', { name: text().playback })
const clock = (page: Page) => bar(page).getByRole('slider')

const address = ({ main, other }: TwoBranches) =>
  `/${language()}/lessons/${lesson}/compare?a=${main}&b=${other}`

async function opened(page: Page): Promise<TwoBranches> {
  const branches = await twoBranches(page)
  await page.goto(address(branches))
  await expect(page.getByRole('heading', { name: text().counted['5'] })).toBeVisible()
  return branches
}

test('two futures of one moment: what differs has a number, in the list and in both', async ({
  page,
}) => {
  await opened(page)
  await expect(list(page)).toHaveCount(5)
  await expect(list(page).nth(0)).toContainText('--grace-period=5')
  await expect(list(page).nth(1)).toContainText('FailedPreStopHook')
  await expect(list(page).nth(3)).toContainText('SIGKILL')
  for (const number of ['1', '2', '3', '4', '5']) {
    await expect(page.locator(`[data-disc="${number}"]`)).toHaveCount(2)
  }
  const differing = page.locator('b').filter({ hasText: '--grace-period=5' })
  await expect(differing.first()).toBeVisible()
})

test('the one is played beside the other', async ({ page }) => {
  await opened(page)
  const end = await clock(page).textContent() ?? ''
  await bar(page).getByRole('button', { name: '10×' }).click()
  await bar(page).getByRole('button', { name: text().play }).click()
  await expect(clock(page)).not.toHaveText(end)
  await expect(clock(page)).toHaveText(end)
  await expect(bar(page)).toContainText(text().bothEnded)
})

test('the lab goes on in the branch that was chosen', async ({ page }) => {
  const { main } = await opened(page)
  const name = text().continueIn.replace('{branch}', words().history.main)
  await page.getByRole('button', { name, exact: true }).click()
  await expect(page).toHaveURL(new RegExp(`/lessons/${lesson}$`))
  await new LessonPage(page).ready()
  const { id } = await page.evaluate(async (body) => {
    const headers = { 'content-type': 'application/json' }
    return (await fetch('/api/labs', { method: 'POST', headers, body })).json()
  }, JSON.stringify({ lesson })) as { id: string }
  const tree = await page.evaluate(
    async (lab) => (await fetch(`/api/labs/${lab}/branches`)).json(), id,
  ) as { open: string }
  expect(tree.open).toBe(main)
})

test('the branches change sides', async ({ page }) => {
  const { main, other } = await opened(page)
  await page.getByRole('combobox', { name: text().first }).selectOption('short grace')
  await expect(page).toHaveURL(new RegExp(`a=${other}&b=${main}`))
  const [why = ''] = text().why.graceOtherFlag.replace('{branch}', 'short grace').split('{flag}')
  await expect(list(page).first()).toContainText(why.trim())
})

test('by keyboard alone: step, go to both ends, walk the pictures, read the list', async ({
  page,
}) => {
  await opened(page)
  const end = await clock(page).textContent() ?? ''
  await clock(page).focus()
  await page.keyboard.press('Home')
  await expect(clock(page)).not.toHaveText(end)
  const fork = await clock(page).textContent()
  await page.keyboard.press('ArrowRight')
  await expect(clock(page)).not.toHaveText(fork ?? '')
  await page.keyboard.press('End')
  await expect(clock(page)).toHaveText(end)

  const pictures = page.getByRole('region', { name: text().timelines })
  await pictures.locator('[data-item][tabindex="0"]').first().focus()
  const here = () => page.evaluate(() => document.activeElement?.getAttribute('data-item'))
  const last = await here()
  await page.keyboard.press('ArrowLeft')
  await expect.poll(here).not.toBe(last)

  await list(page).nth(3).getByRole('button').focus()
  await page.keyboard.press('Enter')
  await expect(list(page).nth(3)).toHaveClass(/lit/)

  await bar(page).getByRole('button', { name: words().timeline.asList }).focus()
  await page.keyboard.press('Enter')
  const one = page.getByRole('list', { name: text().listOf.replace('{branch}', 'short grace') })
  await expect(one).toContainText('FailedPreStopHook')
  await expect(one.getByRole('listitem').filter({ hasText: 'FailedPreStopHook' })).toBeVisible()
})

test('no barrier that axe finds, in any theme', async ({ page }) => {
  await opened(page)
  await isAccessible(page)
  await bar(page).getByRole('button', { name: words().timeline.asList }).click()
  const name = text().listOf.replace('{branch}', words().history.main)
  await expect(page.getByRole('list', { name })).toBeVisible()
  await isAccessible(page)
  for (const theme of ['dark', 'contrast']) {
    await changeTheme(page, theme)
    await isLegible(page)
  }
  await page.reload()
  await expect(page.getByRole('heading', { name: text().counted['5'] })).toBeVisible()
  for (const theme of ['dark', 'contrast']) {
    await changeTheme(page, theme)
    await isLegible(page)
  }
})

test('on a phone the list comes first, and the page does not scroll sideways', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await opened(page)
  const top = async (name: string) =>
    (await page.getByRole(name === 'list' ? 'complementary' : 'region', {
      name: name === 'list' ? text().differences : text().timelines,
    }).boundingBox())?.y ?? 0
  expect(await top('list')).toBeLessThan(await top('pictures'))
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
})

test('whose branches they are not, finds nothing', async ({ page, browser }) => {
  const branches = await opened(page)
  const stranger = await browser.newContext()
  const other = await stranger.newPage()
  const answer = await other.goto(address(branches))
  expect(answer?.status()).toBe(404)
  await expect(other.getByRole('heading', { name: words().notFound.title })).toBeVisible()
  await twoBranches(other)
  expect((await other.goto(address(branches)))?.status()).toBe(404)
  await stranger.close()
  const wrong = address({ ...branches, other: 'nobody' })
  expect((await page.goto(wrong))?.status()).toBe(404)
})

test('one branch alone: what to do is said', async ({ page }) => {
  await new LessonPage(page).open(lesson)
  await page.goto(`/${language()}/lessons/${lesson}/compare`)
  await expect(page.getByRole('heading', { name: text().onlyOne })).toBeVisible()
  await page.getByRole('link', { name: text().toLesson }).click()
  await expect(page).toHaveURL(new RegExp(`/lessons/${lesson}$`))
})
