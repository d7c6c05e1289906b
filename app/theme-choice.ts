import { cookies } from 'next/headers'
import { parseTheme, THEME_COOKIE, type Theme } from '../components/ui/theme.ts'

/** The reader's theme, if one was chosen; else the style sheet asks the system. */
export async function chosenTheme(): Promise<Theme | undefined> {
  return parseTheme((await cookies()).get(THEME_COOKIE)?.value)
}
