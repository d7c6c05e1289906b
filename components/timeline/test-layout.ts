import type { Layout, LayoutInput, Words } from './layout-types.ts'

// What the tests of the layout share: plain words, and texts of a known width.

export const words: Words = {
  phase: (name) => name,
  exit: (code) => `exit ${code}`,
  hookFailed: 'failed',
  notAwaited: 'not awaited',
  outcome: (outcome) => (outcome === 'no-handler-pid1' ? 'ignored, no handler' : ''),
  gone: 'gone',
  budget: (seconds) => `${seconds} s`,
  namedBudget: (seconds) => `Grace period ${seconds} s`,
  left: (seconds) => `${seconds} s left`,
  hookSpent: (seconds) => `${seconds} s preStop`,
  stopSpent: (seconds, ignored) => `${seconds} s${ignored ? ', no reaction' : ''}`,
  overdraft: (seconds) => `${seconds} s more`,
  restart: (count) => `restart ${count}`,
  many: (count) => `${count} together`,
  grace: 'Grace period',
  deleted: 'delete',
  sentence: (of) => of,
  told: ({ name }) => name,
}

export function input(nowMillis: number, change: Partial<LayoutInput> = {}): LayoutInput {
  return {
    nowMillis,
    leftMillis: 0,
    pxPerSecond: 15,
    words,
    measure: (text) => text.length * 7,
    metrics: { pitch: 32, spanHeight: 22, graceHeight: 70 },
    ...change,
  }
}

export const kinds = (drawn: Layout) => drawn.spans.map((span) => span.kind)

/** Pairs of texts that touch; there must be none. */
export function touchingTexts({ labels }: Layout): string[] {
  return labels.flatMap((one, index) =>
    labels.slice(index + 1)
      .filter((other) => Math.abs(one.y - other.y) <= 8
        && one.x < other.x + other.width && other.x < one.x + one.width)
      .map((other) => `${one.text} | ${other.text}`))
}
