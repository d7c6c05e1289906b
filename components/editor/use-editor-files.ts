'use client'

import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { useLab } from '../lab/lab-provider.tsx'
import { storedDrafts } from './drafts.ts'
import { EditorFiles, type OpenFile } from './editor-files.ts'

const none: readonly OpenFile[] = []
const nothing = () => () => undefined

/** The open files of the present lab, kept in step with the workstation. */
export function useEditorFiles(first: readonly string[]) {
  const { id, connection, state } = useLab()
  const { branchId } = state
  const files = useMemo(() => {
    if (!connection || id === null || branchId === '') return null
    // What is unsaved on one branch must not turn up on another.
    const drafts = storedDrafts(`${id}:${branchId}`, localStorage)
    return new EditorFiles((body) => connection.send(body), drafts, first)
  }, [connection, id, branchId, first])
  useEffect(() => {
    if (state.known) files?.arrive(state.files)
  }, [files, state.known, state.files])
  const open = useSyncExternalStore(
    files?.subscribe ?? nothing,
    files?.snapshot ?? (() => none),
    () => none,
  )
  return { files, open }
}
