import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Locale } from '../components/i18n/routing.ts'
import type { Lesson } from '../server/grading/lesson.ts'
import { findLesson, loadLessons, type LoadedLesson } from '../server/lessons.ts'

const FRONT_MATTER = /^---\n(.*?)\n---\n/s
const headSchema = z.strictObject({ title: z.string().min(1), summary: z.string().min(1) })

/** A lesson in one language, as its pages show it. Its id is the last part of its address. */
export interface LessonSource {
  readonly number: number
  readonly lesson: Lesson
  readonly title: string
  readonly summary: string
  readonly text: string
}

/** All lessons in order. */
export function lessonSources(locale: Locale): Promise<readonly LessonSource[]> {
  return Promise.all(loadLessons().map((lesson) => readText(lesson, locale)))
}

export async function lessonSource(id: string, locale: Locale): Promise<LessonSource | undefined> {
  const found = findLesson(id)
  return found && readText(found, locale)
}

async function readText(
  { lesson, slug, directory }: LoadedLesson,
  locale: Locale,
): Promise<LessonSource> {
  const whole = await readFile(join(directory, `${locale}.mdx`), 'utf8')
  const head = FRONT_MATTER.exec(whole)
  const { title, summary } = headSchema.parse(parse(head?.[1] ?? ''))
  return {
    number: Number.parseInt(slug, 10),
    lesson,
    title,
    summary,
    text: whole.slice(head?.[0].length ?? 0),
  }
}
