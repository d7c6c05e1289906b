/** What the reader may choose; without a choice the system's preference holds. */
export const themes = ['light', 'dark', 'contrast'] as const
export type Theme = (typeof themes)[number]

export const THEME_COOKIE = 'grace-theme'

export function parseTheme(value: string | undefined): Theme | undefined {
  return themes.find((theme) => theme === value)
}
