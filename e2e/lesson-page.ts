import { expect, test, type Locator, type Page } from '@playwright/test'
import en from '../content/messages/en.json' with { type: 'json' }
import zh from '../content/messages/zh.json' with { type: 'json' }

export const language = (): 'zh' | 'en' => (test.info().project.name === 'zh' ? 'zh' : 'en')
export const words = (): typeof en => (language() === 'zh' ? zh : en)

/** A lesson page as a learner uses it. */
export class LessonPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** Opens a lesson and waits for its cluster, its editor and its first prompt. */
  async open(lesson: string): Promise<void> {
    await this.page.goto(`/${language()}/lessons/${lesson}`)
    await this.ready()
  }

  async ready(): Promise<void> {
    await expect(this.screen('1')).toContainText('$')
    await expect(this.page.locator('.monaco-editor .view-lines').first()).toBeVisible()
  }

  /** What a terminal shows now. */
  screen(tab: string): Locator {
    return this.page.locator(`[data-tab="${tab}"] .xterm-rows`)
  }

  async type(tab: string, line: string): Promise<void> {
    await this.page.locator(`[data-tab="${tab}"] textarea`).focus()
    await this.page.keyboard.type(`${line}\n`)
  }

  /** What the timeline draws: of every thing of that name the first. */
  drawn(name: string): Locator {
    return this.page.locator(`[data-pane=timeline] [data-item][aria-label^="${name}"]`).first()
  }

  /** A container runs; what is deleted before has no hook to run. */
  async isRunning(): Promise<void> {
    await expect(this.drawn(words().timeline.running)).toBeVisible()
  }

  step(id: string): Locator {
    return this.page.locator(`#step-${id}`)
  }

  async isDone(id: string): Promise<void> {
    await expect(this.step(id)).toHaveClass(/done/)
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true })
  }

  editor(): Locator {
    return this.page.locator('.monaco-editor .view-lines').first()
  }

  /** Puts the text at the end of the first line: Monaco draws only what can be seen. */
  async append(text: string): Promise<void> {
    await this.editor().click()
    await this.page.keyboard.press('Control+Home')
    await this.page.keyboard.press('End')
    await this.page.keyboard.type(text)
  }
}
