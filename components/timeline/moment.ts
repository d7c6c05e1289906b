/** A moment of the lab's time to the tenth, as everywhere in Grace: `0:50.9`, `1:02:03.4`. */
export function formatMoment(millis: number): string {
  const tenths = Math.floor(Math.max(0, millis) / 100)
  return `${clockFace(Math.floor(tenths / 10))}.${tenths % 10}`
}

/** A whole second on the axis: `0:50`, `1:02:03`. */
export function clockFace(seconds: number): string {
  const twoDigits = (value: number) => String(value).padStart(2, '0')
  const minutes = Math.floor(seconds / 60)
  const rest = `${twoDigits(seconds % 60)}`
  if (minutes < 60) return `${minutes}:${rest}`
  return `${Math.floor(minutes / 60)}:${twoDigits(minutes % 60)}:${rest}`
}

/** A signal's whole name, as people write it; the kernel's short one is `TERM`. */
export function signalName(signal: string): string {
  return signal.startsWith('SIG') ? signal : `SIG${signal}`
}

/** A length of time in seconds, without a tenth that says nothing: `20`, `9.7`. */
export function formatSeconds(millis: number): string {
  const tenths = Math.round(millis / 100)
  return tenths % 10 === 0 ? String(tenths / 10) : (tenths / 10).toFixed(1)
}
