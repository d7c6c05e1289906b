'use client'

import { useEffect, useState } from 'react'

/** A value that is handed on only when it has stood still for a while, and at once the first time. */
export function useSettled<Value>(value: Value, millis: number): Value {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), millis)
    return () => clearTimeout(timer)
  }, [value, millis])
  return settled
}
