'use client'

import type { KeyboardEvent, ReactNode } from 'react'
import { useTranslations } from '../i18n/translations.tsx'
import type { Layout, Tip } from './layout-types.ts'
import { formatMoment } from './moment.ts'
import { MarkShape, SpanShape, WedgeShape, type Window } from './shapes.tsx'

/** One thing of the picture that can be pointed at. */
export interface Item {
  readonly key: string
  /** Drawn up to the playhead and cut there, or whole above everything. */
  readonly kind: 'past' | 'marks'
  readonly x: number
  readonly y: number
  readonly tip: Tip
  readonly shape: (window: Window) => ReactNode
}

export function itemsOf(drawn: Layout): readonly Item[] {
  const spans = drawn.spans.map((span): Item => ({
    key: span.key,
    kind: 'past',
    x: span.x,
    y: span.y,
    tip: span.tip,
    shape: (window) => <SpanShape span={span} window={window} />,
  }))
  const wedges = drawn.wedges.map((wedge): Item => ({
    key: wedge.key,
    kind: 'past',
    x: wedge.x1,
    y: wedge.top,
    tip: wedge.tip,
    shape: (window) => <WedgeShape wedge={wedge} window={window} />,
  }))
  const marks = drawn.marks.map((mark): Item => ({
    key: mark.key,
    kind: 'marks',
    x: mark.x,
    y: mark.y - 10,
    tip: mark.tip,
    shape: () => <MarkShape mark={mark} />,
  }))
  return [...spans, ...wedges, ...marks]
}

/** "preStop, 0:20.0 to 0:30.0. The stop signal waits until …" */
export function useTipText(): (tip: Tip) => { readonly when: string; readonly whole: string } {
  const t = useTranslations('timeline')
  return (tip) => {
    const from = formatMoment(tip.from)
    const when =
      tip.to === null
        ? t('fromOn', { from })
        : tip.to === tip.from
          ? from
          : t('fromTo', { from, to: formatMoment(tip.to) })
    return { when, whole: `${tip.name}, ${when}. ${tip.sentence}` }
  }
}

/** One stop for the Tab key; arrow keys go from one thing to the next in the order of time. */
export function Items({
  items,
  kind,
  window,
  stopKey,
  onStop,
  onPoint,
  onShow,
}: {
  readonly items: readonly Item[]
  readonly kind: Item['kind']
  readonly window: Window
  /** The thing that had the focus last. */
  readonly stopKey: string | null
  readonly onStop: (key: string) => void
  readonly onPoint: (item: Item | null) => void
  readonly onShow: (millis: number) => void
}) {
  const tipText = useTipText()
  const inTime = [...items].sort((one, other) => one.tip.from - other.tip.from || one.y - other.y)
  const stop = inTime.find(({ key }) => key === stopKey) ?? inTime.at(-1)
  const onKeyDown = (event: KeyboardEvent, item: Item) => {
    if (event.key === 'Escape') onPoint(null)
    const next = neighbour(inTime, item, event.key)
    if (!next || next === item) return
    event.preventDefault()
    onShow(next.tip.from)
    document.getElementById(`item-${next.key}`)?.focus()
  }
  return items
    .filter((item) => item.kind === kind)
    .map((item) => (
      <g
        key={item.key}
        id={`item-${item.key}`}
        role="img"
        aria-label={tipText(item.tip).whole}
        tabIndex={item.key === stop?.key ? 0 : -1}
        onKeyDown={(event) => onKeyDown(event, item)}
        onFocus={() => {
          onStop(item.key)
          onPoint(item)
        }}
        onBlur={() => onPoint(null)}
        onPointerEnter={() => onPoint(item)}
        onPointerLeave={() => onPoint(null)}
      >
        {item.shape(window)}
      </g>
    ))
}

function neighbour(inTime: readonly Item[], item: Item, key: string): Item | undefined {
  const at = inTime.indexOf(item)
  switch (key) {
    case 'ArrowRight':
      return inTime[at + 1]
    case 'ArrowLeft':
      return inTime[at - 1]
    case 'Home':
      return inTime[0]
    case 'End':
      return inTime.at(-1)
    default:
      return undefined
  }
}
