import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { lessonSchema, type Lesson } from './grading/lesson.ts'

/** A lesson as it stands on disk. */
export interface LoadedLesson {
  readonly lesson: Lesson
  /** Folder name, which is also its address: `01-lifecycle-demo`. */
  readonly slug: string
  readonly directory: string
  /** Files of the workstation's home directory at the start, by relative path. */
  readonly files: Readonly<Record<string, string>>
  /** Hash of the lesson's data and files. */
  readonly version: string
}

const root = join(process.cwd(), 'content/lessons')

let cached: { readonly stamp: string; readonly lessons: readonly LoadedLesson[] } | undefined

/** All lessons in their order; read again when a file changes. */
export function loadLessons(directory = root): readonly LoadedLesson[] {
  const stamp = stampOf(directory)
  if (cached?.stamp === stamp) return cached.lessons
  const lessons = readdirSync(/* turbopackIgnore: true */ directory, { withFileTypes: true })
    .filter(
      (entry) => entry.isDirectory() && existsSync(join(directory, entry.name, 'lesson.yaml')),
    )
    .map((entry) => entry.name)
    .sort()
    .map((slug) => readLesson(directory, slug))
  cached = { stamp, lessons }
  return lessons
}

/** By its id (`lifecycle-demo`) or its folder (`01-lifecycle-demo`). */
export function findLesson(name: string): LoadedLesson | undefined {
  return loadLessons().find(({ lesson, slug }) => lesson.id === name || slug === name)
}

function readLesson(parent: string, slug: string): LoadedLesson {
  const directory = join(parent, slug)
  const text = readFileSync(join(directory, 'lesson.yaml'), 'utf8')
  const parsed = lessonSchema.safeParse(parse(text))
  if (!parsed.success) {
    throw new Error(`content/lessons/${slug}/lesson.yaml: ${z.prettifyError(parsed.error)}`)
  }
  const files = readFiles(join(directory, 'files'))
  const version = createHash('sha256').update(JSON.stringify([text, files])).digest('hex')
  return { lesson: parsed.data, slug, directory, files, version }
}

function readFiles(directory: string): Record<string, string> {
  return Object.fromEntries(
    listFiles(directory).map((path) => [path, readFileSync(join(directory, path), 'utf8')]))
}

function stampOf(directory: string): string {
  return listFiles(directory)
    .map((path) => `${path}:${statSync(join(directory, path)).mtimeMs}`)
    .join('\n')
}

/** Relative paths with `/`, in order. */
function listFiles(directory: string, prefix = ''): string[] {
  if (!existsSync(directory)) return []
  return readdirSync(directory, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${prefix}${entry.name}`
      return entry.isDirectory() ? listFiles(join(directory, entry.name), `${path}/`) : [path]
    })
}
