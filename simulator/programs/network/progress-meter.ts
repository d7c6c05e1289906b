export const meterHead =
  '  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n'
  + '                                 Dload  Upload   Total   Spent    Left  Speed\n'

/** A line of curl's progress meter, as it stands when a small transfer is over. */
export function meterLine(received: number, total: number, millis: number): string {
  const percent = total > 0 ? Math.round(received / total * 100) : 0
  const speed = received === 0 ? 0 : Math.round(received / Math.max(1, millis) * 1000)
  return (
    `${column(percent, 3)} ${column(total, 5)}  ${column(percent, 3)} ${column(received, 5)}`
    + `    0     0 ${column(speed, 6)}      0 `
    + `--:--:-- --:--:-- --:--:-- ${column(speed, 5)}`
  )
}

function column(value: number, width: number): string {
  if (String(value).length <= width) return String(value).padStart(width)
  const kilo = Math.floor(value / 1024)
  return kilo < 10_000 ? `${kilo}k`.padStart(width) : `${Math.floor(kilo / 1024)}M`.padStart(width)
}
