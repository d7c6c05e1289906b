import { serverLimits } from '../labs/limits.ts'
import type { WhatIfLine } from './types.ts'

/** Lines of JSON as a response's body; those of one frame of a page go together. */
export function lineStream(
  play: (onLine: (line: WhatIfLine) => void) => Promise<void>, onCancel: () => void,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let waiting = ''
  let isOpen = true
  return new ReadableStream<Uint8Array>({
    start: (controller) => {
      const flush = (): void => {
        if (waiting === '' || !isOpen) return
        controller.enqueue(encoder.encode(waiting))
        waiting = ''
      }
      const onLine = (line: WhatIfLine): void => {
        if (waiting === '') setTimeout(flush, serverLimits.cellLinesMillis)
        waiting += `${JSON.stringify(line)}\n`
      }
      play(onLine).then(
        () => {
          flush()
          if (isOpen) controller.close()
          isOpen = false
        },
        (error: unknown) => {
          if (isOpen) controller.error(error)
          isOpen = false
        },
      )
    },
    // Whoever read has gone: what still comes is for nobody.
    cancel: () => {
      isOpen = false
      onCancel()
    },
  })
}
