// Writes simulator/kubectl/help/help.json: what every kubectl command prints for --help, taken from
// the kubectl on PATH. Where v1.34 words a flag differently, the differences below are applied, so
// an older client can be the source. Run by hand: node tools/import-kubectl-help.mjs
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'

const home = '/home/learner'

const differences = [
  [
    `Selector (label query) to filter on, supports '=', '==', and '!='.(e.g. -l key1=value1,key2=value2).`
      + ` Matching objects must satisfy all of the specified label constraints.`,
    `Selector (label query) to filter on, supports '=', '==', '!=', 'in', 'notin'.(e.g. -l key1=value1,`
      + `key2=value2,key3 in (value3)). Matching objects must satisfy all of the specified label constraints.`,
  ],
  [/(subresource of the requested object\.) This flag is beta and may change in the future\./g, '$1'],
  [
    `    --ignore-not-found=false:\n\tIf the requested object does not exist the command will return exit code 0.\n`,
    `    --ignore-not-found=false:\n\tIf set to true, suppresses NotFound error for specific objects that do not`
      + ` exist. Using this flag with commands that query for collections of resources has no effect when`
      + ` no resources are found.\n`,
  ],
]

const kuberc = `    --kuberc='':\n\tPath to the kuberc file to use for preferences. This can be disabled by exporting`
  + ` KUBECTL_KUBERC=false feature gate or turning off the feature KUBERC=off.\n\n`

function run(words) {
  const { stdout, stderr } = spawnSync('kubectl', words, {
    encoding: 'utf8', env: { ...process.env, HOME: home },
  })
  let text = stdout + stderr
  for (const [from, to] of differences) text = text.replaceAll(from, to)
  return text
}

function childNames(text) {
  const lists = text.matchAll(/Commands.*:\n((?: {2}\S.*\n)+)/g)
  return [...lists].flatMap(([, list]) => list.split('\n'))
    .map((line) => /^ {2}([a-z-]+) {2,}\S/.exec(line)?.[1])
    .filter((name) => name !== undefined)
}

const texts = {}

function visit(path) {
  const text = run([...path, '--help'])
  texts[path.join(' ')] = text
  for (const name of childNames(text)) visit([...path, name])
}

visit([])
texts.options = run(['options']).replace(/(?= {4}--log-flush-frequency)/, kuberc)
writeFileSync('simulator/kubectl/help/help.json', `${JSON.stringify(texts, null, 1)}\n`)
