'use client'

import { useEffect, useRef, useState, type RefObject } from 'react'
import type { EditorFiles } from './editor-files.ts'
import type { EditorView } from './editor-view.ts'

/** Monaco's words come with its code, so they are chosen before it is loaded. */
async function loadView(locale: string): Promise<typeof EditorView> {
  if (locale === 'zh') await import('monaco-editor/nls/lang/zh-cn')
  return (await import('./editor-view.ts')).EditorView
}

/** Loads Monaco into the element when the lab's files are there. */
export function useEditorView(
  element: RefObject<HTMLDivElement | null>, locale: string, label: string,
  files: EditorFiles | null, apply: (path: string) => void,
) {
  const [view, setView] = useState<EditorView | null>(null)
  const [failed, setFailed] = useState(false)
  /** What changes with the file in front is no reason for a new editor. */
  const latest = useRef({ label, apply })
  useEffect(() => {
    latest.current = { label, apply }
  })
  useEffect(() => {
    if (!files) return
    let over = false
    let made: EditorView | undefined
    loadView(locale).then((View) => {
      if (over || !element.current) return
      made = new View(element.current, latest.current.label, {
        onEdit: (path, text) => files.edit(path, text),
        onSave: (path) => files.save(path),
        onApply: (path) => latest.current.apply(path),
      })
      setView(made)
    }).catch(() => setFailed(true))
    return () => {
      over = true
      setView(null)
      made?.dispose()
    }
  }, [element, locale, files])
  return { view, failed }
}
