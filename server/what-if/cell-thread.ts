import { Worker } from 'node:worker_threads'
import { serverLimits } from '../labs/limits.ts'
import type { CellAnswer, CellOrder } from './orders.ts'

/** What the pool needs of a thread; tests bring one of their own. */
export interface ThreadLine {
  send(order: CellOrder): void
  end(): void
}

export type NewThread = (heard: {
  readonly onAnswer: (answer: CellAnswer) => void
  /** It ended, by itself or with an error. */
  readonly onEnd: (why: string) => void
}) => ThreadLine

/** A thread of this process, with tsx as the process itself has it. */
export const startThread: NewThread = ({ onAnswer, onEnd }) => {
  const worker = new Worker(new URL('./cell.worker.mjs', import.meta.url), {
    execArgv: [], name: 'what-if',
    resourceLimits: {
      maxOldGenerationSizeMb: serverLimits.cellThreadMegabytes,
      maxYoungGenerationSizeMb: serverLimits.cellThreadYoungMegabytes,
    },
  })
  worker.unref()
  let why = 'ended'
  worker.on('message', (answer: CellAnswer) => onAnswer(answer))
  worker.on('error', (error) => { why = String(error) })
  worker.on('exit', () => onEnd(why))
  return {
    send: (order) => worker.postMessage(order),
    end: () => void worker.terminate(),
  }
}
