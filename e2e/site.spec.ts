import { expect, test, type Page } from '@playwright/test'

/** Everything a page complained of, and every request that left the site. */
function watch(page: Page): { readonly complaints: string[]; readonly foreign: string[] } {
  const seen = { complaints: [] as string[], foreign: [] as string[] }
  const home = new URL(test.info().project.use.baseURL ?? '').host
  page.on('console', (message) => {
    if (message.type() !== 'error') return
    seen.complaints.push(`${message.text()} ${message.location().url}`)
  })
  page.on('pageerror', (error) => seen.complaints.push(String(error)))
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.host !== home && !['data:', 'blob:'].includes(url.protocol)) seen.foreign.push(url.href)
  })
  return seen
}

const language = () => (test.info().project.name === 'zh' ? 'zh' : 'en')

test("the first page is in the browser's language, and the choice is remembered", async ({
  page,
}) => {
  await page.goto('/')
  await expect(page).toHaveURL(new RegExp(`/${language()}$`))
  const other = language() === 'zh' ? 'en' : 'zh'
  await page.goto(`/${other}`)
  await page.goto('/')
  await expect(page).toHaveURL(new RegExp(`/${other}$`))
  await expect(page.locator('html')).toHaveAttribute('lang', other === 'zh' ? 'zh-CN' : 'en')
})

test('nothing leaves the site, and nothing breaks its policy', async ({ page }) => {
  const seen = watch(page)
  const response = await page.goto(`/${language()}`)
  expect(response?.headers()['content-security-policy']).toContain("default-src 'self'")
  await page.goto(`/${language()}/lessons/lifecycle-demo`)
  await expect(page.locator('.xterm-rows').first()).toContainText('$')
  await expect(page.locator('.monaco-editor').first()).toBeVisible()
  await page.waitForTimeout(1500)
  expect(seen).toEqual({ complaints: [], foreign: [] })
})

test('reading works before JavaScript', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: language() })
  const page = await context.newPage()
  await page.goto(`/${language()}/lessons/lifecycle-demo`)
  await expect(page.locator('h1').first()).toBeVisible()
  await context.close()
})

test('the API answers strangers and nonsense with a code', async ({ request, baseURL }) => {
  const post = (data: unknown, headers: Record<string, string> = { origin: baseURL ?? '' }) =>
    request.post('/api/labs', { data: JSON.stringify(data), headers })
  const answers = [
    [
      await post({ lesson: 'lifecycle-demo' }, { origin: 'https://elsewhere.example' }),
      403,
      'forbidden',
    ],
    [await post({ lesson: 'no-such-lesson' }), 404, 'not-found'],
    [await post({ lesson: 7 }), 400, 'bad-message'],
    [await post({ lesson: 'x'.repeat(9000) }), 413, 'too-large'],
    [
      await request.post('/api/labs/00000000-0000-4000-8000-000000000000/reset', {
        headers: { origin: baseURL ?? '' },
      }),
      403,
      'forbidden',
    ],
  ] as const
  for (const [answer, status, code] of answers) {
    expect(answer.status()).toBe(status)
    expect(await answer.json()).toEqual({ code })
  }
})
