import { expect, test } from '@playwright/test'
import { language, LessonPage, words } from './lesson-page.ts'

test("from the first page through a pod's life, and everything is as before", async ({ page }) => {
  const lesson = new LessonPage(page)
  await page.goto('/')
  await page.getByRole('link', { name: words().home.startLab }).click()
  await lesson.ready()

  await test.step('create, by a command of the text', async () => {
    await lesson.step('create').getByRole('button', { name: words().lesson.run }).click()
    await expect(lesson.screen('1')).toContainText('pod/lifecycle-demo created')
    await lesson.isDone('create')
    const creating = page.locator('svg [data-item][aria-label^="ContainerCreating"]')
    await expect(creating.first()).toBeVisible()
  })

  await test.step('a shell in the container', async () => {
    await expect(async () => {
      await lesson.type('1', 'kubectl get pod lifecycle-demo')
      await expect(lesson.screen('1')).toContainText(/1\/1\s+Running/, { timeout: 1_500 })
    }).toPass()
    await lesson.type('1', 'kubectl exec -it lifecycle-demo -- /bin/bash')
    await expect(lesson.screen('1')).toContainText('root@lifecycle-demo:/#')
    await lesson.type('1', 'cat /usr/share/message')
    await expect(lesson.screen('1')).toContainText('Hello from the postStart handler')
    await lesson.type('1', 'exit')
    await lesson.isDone('message')
  })

  await test.step('delete, and look from a second terminal', async () => {
    await lesson.button(words().terminal.new).click()
    await expect(lesson.screen('2')).toContainText('$')
    await lesson.type('2', 'kubectl delete pod lifecycle-demo')
    await expect(lesson.screen('2')).toContainText('pod "lifecycle-demo" deleted')
    await lesson.type('2', 'kubectl get pods')
    await expect(lesson.screen('2')).toContainText('No resources found')
  })

  await test.step('the other language, the same lab', async () => {
    const other = language() === 'zh' ? 'en' : 'zh'
    const shown = await lesson.screen('2').innerText()
    await page.getByRole('link', { name: words().site.switchLanguage, exact: true }).click()
    await expect(page).toHaveURL(new RegExp(`/${other}/lessons/lifecycle-demo$`))
    await page.locator('#terminal-tab-2').click()
    await expect(lesson.screen('2')).toHaveText(shown, { useInnerText: true })
    await lesson.isDone('create')
    await lesson.isDone('message')
  })

  await test.step('a reload', async () => {
    await page.goBack()
    await page.reload()
    await page.locator('#terminal-tab-2').click()
    await expect(lesson.screen('2')).toContainText('No resources found')
    await expect(lesson.screen('1')).toContainText('Hello from the postStart handler')
    await lesson.isDone('message')
  })

  await test.step('the first page knows how far', async () => {
    await page.goto(`/${language()}`)
    const card = page.locator('a[href$="/lessons/lifecycle-demo"]').last()
    await expect(card.locator('[data-state=begun]')).toBeVisible()
  })
})

test('reset begins anew, after a question in place', async ({ page }) => {
  const lesson = new LessonPage(page)
  await lesson.open('prestop-grace')
  await lesson.type('1', 'echo kept > note.txt')
  await expect(page.getByRole('tab', { name: 'note.txt' })).toBeVisible()
  await lesson.button(words().lesson.reset).click()
  await lesson.button(words().lesson.resetNo).click()
  await expect(page.getByRole('tab', { name: 'note.txt' })).toBeVisible()
  await lesson.button(words().lesson.reset).click()
  await lesson.button(words().lesson.resetYes).click()
  await expect(page.getByRole('tab', { name: 'note.txt' })).toHaveCount(0)
  await expect(lesson.screen('1')).not.toContainText('note.txt')
  await lesson.type('1', 'ls')
  await expect(lesson.screen('1')).toContainText('busybox.yaml')
})

test("an address without a page says so in the reader's language", async ({ page }) => {
  const answer = await page.goto(`/${language()}/nothing-here`)
  expect(answer?.status()).toBe(404)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(words().notFound.title)
})
