'use client'

import { useRef, type KeyboardEvent, type PointerEvent } from 'react'
import styles from './divider.module.css'

const STEP_PX = 16

/** A line between two panes: dragged, or moved with arrow keys; double click or Home restores. */
export function Divider(props: {
  readonly label: string
  readonly direction: 'columns' | 'rows'
  /** Size of the pane that the divider changes; growing follows the pointer if `sign` is 1. */
  readonly size: number
  readonly least: number
  readonly most: number
  readonly sign: 1 | -1
  /** The size at this moment: `size` may be a frame behind while a key is held. */
  readonly measure: () => number
  readonly onSize: (px: number | null) => void
}) {
  const start = useRef<{ at: number; size: number } | null>(null)
  const position = (event: PointerEvent) =>
    props.direction === 'columns' ? event.clientX : event.clientY
  const resize = (px: number) =>
    props.onSize(Math.round(Math.min(props.most, Math.max(props.least, px))))
  const onKeyDown = (event: KeyboardEvent) => {
    const grow = props.direction === 'columns' ? 'ArrowRight' : 'ArrowDown'
    const shrink = props.direction === 'columns' ? 'ArrowLeft' : 'ArrowUp'
    if (event.key === grow) resize(props.measure() + STEP_PX * props.sign)
    else if (event.key === shrink) resize(props.measure() - STEP_PX * props.sign)
    else if (event.key === 'Home') props.onSize(null)
    else return
    event.preventDefault()
  }
  return (
    <div
      role="separator"
      tabIndex={0}
      aria-label={props.label}
      aria-orientation={props.direction === 'columns' ? 'vertical' : 'horizontal'}
      aria-valuenow={Math.round(props.size)}
      aria-valuemin={props.least}
      aria-valuemax={Math.max(props.least, Math.round(props.most))}
      className={`${styles.divider} ${styles[props.direction]}`}
      onKeyDown={onKeyDown}
      onDoubleClick={() => props.onSize(null)}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        start.current = { at: position(event), size: props.measure() }
      }}
      onPointerMove={(event) => {
        const from = start.current
        if (from) resize(from.size + (position(event) - from.at) * props.sign)
      }}
      onPointerUp={() => {
        start.current = null
      }}
      onPointerCancel={() => {
        start.current = null
      }}
    />
  )
}
