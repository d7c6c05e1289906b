'use client'

import { useEffect, useState } from 'react'

/** A choice that this browser remembers. */
export function useStored<Choice extends string>(
  key: string, choices: readonly Choice[], first: Choice,
): readonly [Choice, (choice: Choice) => void] {
  const [chosen, setChosen] = useState(first)
  useEffect(() => {
    const stored = localStorage.getItem(key)
    const known = choices.find((choice) => choice === stored)
    if (known !== undefined) setChosen(known)
  }, [key, choices])
  return [chosen, (choice) => {
    setChosen(choice)
    localStorage.setItem(key, choice)
  }]
}
