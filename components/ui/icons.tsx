import type { ReactNode } from 'react'

// Our own icons: 16 px, strokes of 1.5, round ends. They say nothing a word beside them does not.

function Icon({ children, size = 16 }: { readonly children: ReactNode; readonly size?: number }) {
  return (
    <svg
      aria-hidden="true" width={size} height={size} viewBox="0 0 16 16" fill="none"
      stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round"
    >
      {children}
    </svg>
  )
}

/** The mark: an arch that comes down calmly on both sides, and the moment under it. */
export function Mark() {
  return (
    <svg aria-hidden="true" width="20" height="20" viewBox="0 0 20 20" fill="none">
      <path
        d="M2.2 14.2c0-4.6 3.4-8.2 7.8-8.2s7.8 3.6 7.8 8.2" stroke="var(--accent)"
        strokeWidth="2.4" strokeLinecap="round"
      />
      <circle cx="10" cy="13.4" r="1.9" fill="var(--accent)" />
    </svg>
  )
}

export const ChevronRight = () => <Icon><path d="m6 3.5 4.5 4.5L6 12.5" /></Icon>
export const ChevronLeft = () => <Icon><path d="M10 3.5 5.5 8l4.5 4.5" /></Icon>
export const ChevronDown = () => <Icon><path d="M3.5 6 8 10.5 12.5 6" /></Icon>
/** All of it between two edges. */
export const Whole = () => <Icon><path d="M2.5 3.5v9M13.5 3.5v9M5 8h6M6.5 6.2 4.8 8l1.7 1.8M9.5 6.2 11.2 8 9.5 9.8" /></Icon>
export const Save = () => <Icon><path d="M8 2.5v7.5M5 7.2 8 10l3-2.8M3 11.5v2h10v-2" /></Icon>
export const Plus = () => <Icon><path d="M8 3v10M3 8h10" /></Icon>
export const Minus = () => <Icon><path d="M3 8h10" /></Icon>
export const Cross = () => <Icon><path d="m4 4 8 8M12 4l-8 8" /></Icon>
export const Check = ({ size }: { readonly size?: number }) => (
  <Icon size={size ?? 16}><path d="m3.5 8.5 3 3 6-6.5" /></Icon>
)
export const Play = () => <Icon><path d="M5 3.5v9l7-4.5z" /></Icon>
export const PlayFilled = () => <Icon><path fill="currentColor" d="M5.5 3.8v8.4L12 8z" /></Icon>
export const Pause = () => <Icon><path strokeWidth="2.4" d="M5.5 4v8M10.5 4v8" /></Icon>
export const PreviousEvent = () => (
  <Icon><path fill="currentColor" d="M12 4v8L6 8z" /><path d="M4 4v8" /></Icon>
)
export const NextEvent = () => (
  <Icon><path fill="currentColor" d="M4 4v8l6-4z" /><path d="M12 4v8" /></Icon>
)
export const Copy = () => (
  <Icon>
    <rect x="5.5" y="5.5" width="8" height="8" rx="1.5" />
    <path d="M10.5 3.5V3a.5.5 0 0 0-.5-.5H3a.5.5 0 0 0-.5.5v7c0 .3.2.5.5.5h.5" />
  </Icon>
)
export const List = () => (
  <Icon><path d="M6 4h7.5M6 8h7.5M6 12h7.5M2.5 4h.5M2.5 8h.5M2.5 12h.5" /></Icon>
)
export const Picture = () => (
  <Icon><path d="M2.5 4.5h6M5.5 8h8M4 11.5h5" /></Icon>
)
export const Undo = () => (
  <Icon><path d="M3 3.5v3.2h3.2M3.3 6.5A5.2 5.2 0 1 1 2.8 9" /></Icon>
)
export const Keyboard = () => (
  <Icon>
    <rect x="1.5" y="3.5" width="13" height="9" rx="1.5" />
    <path d="M4.5 6.5h.01M7 6.5h.01M9.5 6.5h.01M12 6.5h-.01M5 9.8h6" />
  </Icon>
)
export const Moon = () => <Icon><path d="M13 9.6A5.5 5.5 0 0 1 6.4 3 5.5 5.5 0 1 0 13 9.6z" /></Icon>
export const Warning = () => (
  <Icon><path d="M8 2.5 14 13H2zM8 6.5v3M8 11.3v.01" /></Icon>
)
export const Target = () => (
  <Icon><circle cx="8" cy="8" r="5.2" /><circle cx="8" cy="8" r="1.4" fill="currentColor" /></Icon>
)
export const Ear = () => (
  <Icon><path d="M3 6.2v3.6h2.3L9 12.8V3.2L5.3 6.2zM11.3 6a3 3 0 0 1 0 4M13 4.3a5.5 5.5 0 0 1 0 7.4" /></Icon>
)
/** One past, several ways on. */
export const Fan = () => (
  <Icon><path d="M2.5 8h4M6.5 8c3 0 3-4.5 7-4.5M6.5 8h7M6.5 8c3 0 3 4.5 7 4.5" /></Icon>
)
/** A line that leaves another. */
export const Fork = () => (
  <Icon>
    <circle cx="4.5" cy="3.5" r="1.6" /><circle cx="4.5" cy="12.5" r="1.6" />
    <circle cx="11.5" cy="5" r="1.6" /><path d="M4.5 5.2v5.6M4.5 9.5c0-2 7-.8 7-2.8" />
  </Icon>
)
export const Pencil = () => <Icon><path d="m3 13 .7-2.9 6.8-6.8 2.2 2.2-6.8 6.8zM9 4.8 11.2 7" /></Icon>
export const Trash = () => (
  <Icon><path d="M3 4.5h10M6.2 4.3V3h3.6v1.3M4.5 4.5l.6 8.5h5.8l.6-8.5M6.8 7v3.5M9.2 7v3.5" /></Icon>
)
export const Share = () => (
  <Icon>
    <path d="M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.2-2.2A2.6 2.6 0 0 0 9 3.3l-.9.9" />
    <path d="M9.2 6.8a2.6 2.6 0 0 0-3.7 0L3.3 9A2.6 2.6 0 0 0 7 12.7l.9-.9" />
  </Icon>
)
export const More = () => (
  <Icon><path strokeWidth="2.2" d="M3.5 8h.01M8 8h.01M12.5 8h.01" /></Icon>
)
/** Over what is quiet, to what comes next. */
export const Skip = () => (
  <Icon><path d="M2 8h1.5M5.5 8h1M9 4.5 12.5 8 9 11.5M14 4.5v7" /></Icon>
)
