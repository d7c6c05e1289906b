// npm run bench: measures what the project promises and prints it beside the bound.
import { machine, print, type Figure } from './bench/figure.ts'
import { historyFigures } from './bench/history.ts'
import { hostileFigures } from './bench/hostile.ts'
import { pageFigures } from './bench/pages.ts'
import { withServer } from './bench/server-process.ts'
import { activeLabFigures } from './bench/active-labs.ts'
import { simulatorFigures } from './bench/simulator.ts'
import { timelineFigures } from './bench/timeline.ts'
import { whatIfFigures } from './bench/what-if.ts'

console.log(`Measured on ${machine()}\n`)
const figures: Figure[] = [
  ...simulatorFigures(), ...hostileFigures(), ...await historyFigures(),
  ...await timelineFigures(),
]
for (const figure of figures) print(figure)
await withServer(async (origin) => {
  const ofServer = [
    ...await pageFigures(origin), ...await whatIfFigures(origin), ...await activeLabFigures(origin),
  ]
  for (const figure of ofServer) {
    figures.push(figure)
    print(figure)
  }
})
const over = figures.filter((figure) => figure.measured > figure.bound).length
console.log(`\n${figures.length - over} within their bounds, ${over} over`)
process.exitCode = over === 0 ? 0 : 1
