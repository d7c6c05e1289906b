'use client'

import { useCallback, useMemo, useState } from 'react'
import type { Choice, Row } from './layout-types.ts'
import type { PodLife } from './pod-life.ts'
import { groupsOf } from './rows.ts'

/** With more pods than this, those that are gone are folded until the reader wants them. */
const UNFOLDED_PODS = 3

/** Which pods are folded and which containers show their processes; the reader's word counts most. */
export function useChoice(lives: readonly PodLife[]) {
  const [folds, setFolds] = useState<ReadonlyMap<string, boolean>>(new Map())
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const gone = goneOf(lives)
  const folded = useMemo(() => {
    const keys = new Set(gone === '' ? [] : gone.split('\n'))
    for (const [key, isFolded] of folds) {
      if (isFolded) keys.add(key)
      else keys.delete(key)
    }
    return keys
  }, [gone, folds])
  const choice = useMemo<Choice>(() => ({ folded, open }), [folded, open])
  const toggle = useCallback((row: Row) => {
    if (row.kind === 'pod') {
      setFolds((old) => new Map(old).set(row.pod, row.isOpen ?? false))
      return
    }
    const key = `${row.pod}/${row.container}`
    setOpen((old) => {
      const next = new Set(old)
      if (!next.delete(key)) next.add(key)
      return next
    })
  }, [])
  return { choice, toggle }
}

/** Keys of the pods that are over, as one text: the same as long as they are the same. */
function goneOf(lives: readonly PodLife[]): string {
  const groups = groupsOf(lives)
  if (groups.length <= UNFOLDED_PODS) return ''
  return groups
    .filter((group) => group.lives.every((life) => life.gone !== null))
    .map(({ key }) => key)
    .join('\n')
}
