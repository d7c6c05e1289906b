import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const places = [
  '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable', '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

export const howToInstall =
  'The journeys were not run: no Chromium was found and none could be downloaded. '
  + 'Install one (Debian: apt-get install chromium fonts-noto-cjk) or name it in GRACE_CHROMIUM.'

/** A Chromium of this machine, or else Playwright's own, downloaded where the network allows. */
export function findBrowser(root) {
  const named = process.env.GRACE_CHROMIUM
  if (named && existsSync(named)) return { executable: named }
  const executable = places.find((place) => existsSync(place))
  if (executable) return { executable }
  const install = spawnSync(
    process.execPath, [join(root, 'node_modules/playwright/cli.js'), 'install', 'chromium'],
    { cwd: root, stdio: 'inherit', timeout: 300_000 })
  return install.status === 0 ? { executable: undefined } : undefined
}
