/** Copies text. The clipboard's own door is open only on secure pages; the old way works on all. */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text)
  const holder = document.createElement('textarea')
  holder.value = text
  holder.style.position = 'fixed'
  holder.style.opacity = '0'
  const before = document.activeElement
  document.body.append(holder)
  holder.select()
  document.execCommand('copy')
  holder.remove()
  if (before instanceof HTMLElement) before.focus()
}
