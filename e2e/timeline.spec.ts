import { readFile } from 'node:fs/promises'
import { expect, test, type Download, type Locator, type Page } from '@playwright/test'
import { isAccessible } from './accessible.ts'
import { LessonPage, words } from './lesson-page.ts'

// A life under a second would meet the nearest scale before it fills the width.
const deletion = 'sleep 2; kubectl delete pod busybox'

/** The strip along the bottom, with a pod that was deleted and is stopping. */
class Strip {
  readonly page: Page
  readonly strip: Locator

  constructor(page: Page) {
    this.page = page
    this.strip = page.locator('[data-pane=timeline]')
  }

  static async withLife(page: Page): Promise<Strip> {
    const lesson = new LessonPage(page)
    await lesson.open('prestop-grace')
    await lesson.button(words().editor.apply).click()
    const strip = new Strip(page)
    await expect(strip.items('running').first()).toBeVisible()
    await lesson.type('1', deletion)
    await expect(strip.items('prestop').first()).toBeVisible()
    // Nothing moves while it is looked at.
    await lesson.button(words().timeBar.pause).click()
    await expect(lesson.button(words().timeBar.play)).toBeVisible()
    return strip
  }

  /** Things whose name begins with a word of the messages. */
  items(word: 'running' | 'prestop'): Locator {
    return this.strip.locator(`[data-item][aria-label^="${words().timeline[word]}"]`)
  }

  button(word: 'nearer' | 'fit' | 'follow' | 'asList' | 'asPicture' | 'export'): Locator {
    return this.strip.getByRole('button', { name: words().timeline[word], exact: true })
  }

  async widthOf(item: Locator): Promise<number> {
    return (await item.boundingBox())?.width ?? 0
  }

  /** Where a thing stands once the strip has drawn what it was told: it draws frame by frame. */
  async placeOf(item: Locator) {
    await this.page.evaluate(() => new Promise((resolve) => {
      requestAnimationFrame(() => requestAnimationFrame(resolve))
    }))
    const box = await item.boundingBox()
    if (!box) throw new Error('it is not drawn')
    return box
  }

  canvas(): Locator {
    return this.strip.locator('[data-part=canvas]')
  }

  async export(word: 'exportSvg' | 'exportPng' | 'exportJson'): Promise<Download> {
    await this.button('export').click()
    const download = this.page.waitForEvent('download')
    await this.page.getByRole('button', { name: words().timeline[word], exact: true }).click()
    return download
  }
}

test('zoom, pan, brush and fit, by pointer', async ({ page }) => {
  const strip = await Strip.withLife(page)
  const running = strip.items('running').first()
  await expect(strip.strip).toContainText(words().timeline.follows)

  await test.step('the buttons and the wheel zoom', async () => {
    const before = await strip.widthOf(running)
    await strip.button('nearer').click()
    await expect.poll(() => strip.widthOf(running)).toBeGreaterThan(before * 1.4)
    const nearer = await strip.widthOf(running)
    await strip.canvas().hover()
    await page.keyboard.down('Control')
    await page.mouse.wheel(0, 120)
    await page.keyboard.up('Control')
    await expect.poll(() => strip.widthOf(running)).toBeLessThan(nearer * 0.8)
  })

  await test.step('dragging the paper looks back, and the strip says so', async () => {
    await strip.button('nearer').click()
    await strip.button('nearer').click()
    await strip.button('nearer').click()
    const box = await strip.canvas().boundingBox()
    if (!box) throw new Error('no canvas')
    await page.mouse.move(box.x + 100, box.y + box.height - 8)
    await page.mouse.down()
    await page.mouse.move(box.x + 700, box.y + box.height - 8, { steps: 5 })
    await page.mouse.up()
    await strip.button('follow').click()
    await expect(strip.strip).toContainText(words().timeline.follows)
  })

  await test.step('a stretch of the axis fills the width', async () => {
    const axis = await strip.strip.locator('[data-part=axis]').boundingBox()
    if (!axis) throw new Error('no axis')
    await strip.button('fit').click()
    const span = await strip.placeOf(running)
    await page.mouse.move(span.x - 4, axis.y + 24)
    await page.mouse.down()
    await page.mouse.move(span.x + span.width + 4, axis.y + 24, { steps: 4 })
    await page.mouse.up()
    await expect.poll(() => strip.widthOf(running)).toBeGreaterThan(axis.width * 0.85)
    await strip.button('fit').click()
    await expect.poll(() => strip.widthOf(running)).toBeLessThan(axis.width * 0.62)
  })
  await isAccessible(page, '[data-pane=timeline]')
})

test('by keyboard alone: from thing to thing, the scale, the moment looked at', async ({ page }) => {
  const strip = await Strip.withLife(page)
  const stop = strip.strip.locator('[data-item][tabindex="0"]')
  await stop.focus()
  await page.keyboard.press('Home')
  const first = await page.locator(':focus').getAttribute('aria-label')
  await page.keyboard.press('ArrowRight')
  await expect(page.locator(':focus')).not.toHaveAttribute('aria-label', first ?? '')
  await expect(strip.strip.locator('[data-item]:focus')).toHaveCount(1)
  await page.keyboard.press('ArrowLeft')
  await expect(page.locator(':focus')).toHaveAttribute('aria-label', first ?? '')

  const running = strip.items('running').first()
  const before = await strip.widthOf(running)
  await page.keyboard.press('+')
  await expect.poll(() => strip.widthOf(running)).toBeGreaterThan(before * 1.4)
  await page.keyboard.press('-')
  await page.keyboard.press('-')
  await expect.poll(() => strip.widthOf(running)).toBeLessThan(before)
  await page.keyboard.press('0')
  await expect(strip.strip).toContainText(words().timeline.follows)

  const slider = strip.strip.getByRole('slider', { name: words().timeline.playhead })
  await slider.focus()
  await page.keyboard.press('PageDown')
  await expect(strip.strip.locator('[data-part=now]')).toBeVisible()
  await isAccessible(page, '[data-pane=timeline]')
  await page.keyboard.press('Escape')
  await expect(strip.strip.locator('[data-part=now]')).toHaveCount(0)
})

test('the same as a list, on the page and on paper', async ({ page }) => {
  const strip = await Strip.withLife(page)
  await strip.button('asList').click()
  const list = strip.strip.getByRole('list', { name: words().timeline.asList })
  await expect(list).toContainText('kubectl delete pod busybox')
  await expect(list.getByRole('listitem').first()).toContainText(/\d:\d\d\.\d/)
  await isAccessible(page, '[data-pane=timeline]')
  await strip.button('asPicture').click()
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
  await page.emulateMedia({ media: 'print' })
  const sheet = page.locator('article').last()
  await expect(sheet.getByRole('img', { name: words().timeline.name })).toBeVisible()
  await expect(sheet.getByRole('list')).toContainText('kubectl delete pod busybox')
  await expect(strip.strip).toBeHidden()
  await page.emulateMedia({ media: 'screen' })
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
  await expect(strip.strip).toBeVisible()
})

test('the processes of a container, on demand', async ({ page }) => {
  const strip = await Strip.withLife(page)
  const lanes = strip.strip.locator('[data-kind=lane]')
  await expect(lanes).toHaveCount(0)
  await strip.strip.locator('button[aria-expanded=false]').first().click()
  await expect(lanes.first()).toBeVisible()
  await strip.strip.locator('button[aria-expanded=true]').first().click()
  await expect(lanes).toHaveCount(0)
})

test('a drawing that stands for itself', async ({ page }) => {
  const strip = await Strip.withLife(page)
  const svg = await readFile(await (await strip.export('exportSvg')).path(), 'utf8')
  expect(svg).toContain(words().timeline.grace)
  expect(svg).not.toMatch(/class=|var\(|data-|<script/)
})

test('points, and the entries themselves', async ({ page }) => {
  const strip = await Strip.withLife(page)
  const png = await readFile(await (await strip.export('exportPng')).path())
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  expect(png.readUInt32BE(16)).toBeGreaterThan(2_000)
  const json: unknown = JSON.parse(
    await readFile(await (await strip.export('exportJson')).path(), 'utf8'),
  )
  expect(json).toMatchObject({ format: 'grace-timeline', version: 1 })
  expect(json).toHaveProperty('startedAt', expect.stringMatching(/^\d{4}-\d\d-\d\dT/))
  expect(json).toHaveProperty('entries', expect.arrayContaining([
    expect.objectContaining({ kind: 'command', line: deletion }),
  ]))
})
