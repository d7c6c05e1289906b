import { memo } from 'react'
import { useTranslations } from '../i18n/translations.tsx'
import type { Layout, Mark, Span, Tip, Wedge } from './layout-types.ts'
import { formatMoment } from './moment.ts'
import { isSame } from './same.ts'
import { MarkShape, SpanShape, WedgeShape, type Window } from './shapes.tsx'
import styles from './timeline.module.css'

/** One thing of the picture that can be pointed at, in the reader's words. */
export interface Item {
  readonly key: string
  readonly entry: number
  readonly x: number
  readonly y: number
  readonly tip: Tip
}

type Drawn =
  | { readonly as: 'span'; readonly span: Span }
  | { readonly as: 'wedge'; readonly wedge: Wedge }
  | { readonly as: 'mark'; readonly mark: Mark }

/** Everything that can be pointed at, in the order of time. */
export function itemsOf({ spans, wedges, marks }: Layout): readonly Item[] {
  const items = [
    ...spans.map(({ key, entry, x, y, tip }) => ({ key, entry, x, y, tip })),
    ...wedges.map(({ key, entry, x1, top, tip }) => ({ key, entry, x: x1, y: top, tip })),
    ...marks.map(({ key, entry, x, y, tip }) => ({ key, entry, x, y: y - 10, tip })),
  ]
  return items.sort((one, other) => one.tip.from - other.tip.from || one.y - other.y)
}

export interface TipText {
  readonly when: string
  readonly whole: string
}

/** "preStop, 0:20.0 to 0:30.0. The stop signal waits until …" */
export function useTipText(): (tip: Tip) => TipText {
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

interface ThingsProps {
  readonly drawn: Layout
  readonly window: Window
  /** The thing that the Tab key stops at. */
  readonly stopKey: string | null
  readonly tipText: (tip: Tip) => TipText
  /** Things can be asked why. */
  readonly canAsk: boolean
  /** On paper and in files nothing can be pointed at: the picture is one thing. */
  readonly isStill?: boolean
}

/** What lasts: drawn up to the playhead and cut there. */
export function LastingThings({ drawn, ...rest }: ThingsProps) {
  return (
    <>
      {drawn.spans.map((span) => (
        <Thing key={span.key} {...thingProps({ as: 'span', span }, span, rest)} />
      ))}
      {drawn.wedges.map((wedge) => (
        <Thing key={wedge.key} {...thingProps({ as: 'wedge', wedge }, wedge, rest)} />
      ))}
    </>
  )
}

/** Marks stand above everything, whole. */
export function MarkThings({ drawn, ...rest }: ThingsProps) {
  return drawn.marks.map((mark) => (
    <Thing key={mark.key} {...thingProps({ as: 'mark', mark }, mark, rest)} />
  ))
}

function thingProps(
  drawn: Drawn, { key, tip }: Pick<Item, 'key' | 'tip'>, rest: Omit<ThingsProps, 'drawn'>,
): ThingProps {
  const hasStrokes = drawn.as === 'wedge' || (drawn.as === 'span' && drawn.span.kind === 'stopping')
  return {
    drawn, name: rest.tipText(tip).whole, item: key, isStop: key === rest.stopKey,
    as: rest.isStill ? 'shape' : rest.canAsk ? 'button' : 'img',
    window: hasStrokes ? rest.window : null,
    isLater: drawn.as === 'mark' && drawn.mark.later,
  }
}

interface ThingProps {
  readonly drawn: Drawn
  readonly item: string
  readonly name: string
  readonly isStop: boolean
  readonly isLater: boolean
  readonly as: 'button' | 'img' | 'shape'
  /** Null for what looks the same wherever it is seen from. */
  readonly window: Window | null
}

const ANYWHERE: Window = { fromX: 0, toX: 0, pxPerSecond: 1 }

/** Its handlers are the picture's: nothing here changes but what is drawn. */
const Thing = memo(function Thing(props: ThingProps) {
  const { drawn, item, name, isStop, as, isLater, window } = props
  return (
    <g
      {...(as === 'shape'
        ? { 'aria-hidden': true }
        : { role: as, 'aria-label': name, tabIndex: isStop ? 0 : -1, 'data-item': item })}
      className={isLater ? styles.laterMark : undefined}
    >
      {drawn.as === 'span' ? (
        <SpanShape span={drawn.span} window={window ?? ANYWHERE} />
      ) : drawn.as === 'wedge' ? (
        <WedgeShape wedge={drawn.wedge} window={window ?? ANYWHERE} />
      ) : (
        <MarkShape mark={drawn.mark} />
      )}
    </g>
  )
}, isSame)
