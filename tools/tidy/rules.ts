import ts from 'typescript'
import { lineOf, type Source } from './sources.ts'

// Each rule gives what offends it, a line each: `path:line what`.

const maxLines = 300
const maxFunctionLines = 60
const maxColumns = 100

/** Tables, messages and quoted output are as long as they are. */
function isData(path: string): boolean {
  return /\/testdata\/|\.(json|txt|sql|lock)$|(^|\/)generated\//.test(path)
}

export function longFiles(sources: readonly Source[]): string[] {
  return sources
    .filter((source) => source.lines.length - 1 > maxLines && !isData(source.path))
    .map((source) => `${source.path}: ${source.lines.length - 1} lines, at most ${maxLines}`)
}

export function longLines(sources: readonly Source[]): string[] {
  return sources.filter((source) => !isData(source.path)).flatMap((source) =>
    source.lines.flatMap((line, at) =>
      columns(line) > maxColumns && !isUnbreakable(line)
        ? [`${source.path}:${at + 1} has ${columns(line)} columns, at most ${maxColumns}`] : []))
}

/** Han characters are two columns wide, but a sentence of them has no better place to break. */
function columns(line: string): number {
  return [...line].length
}

/** A quoted text that a program prints is one fact, and may be longer than a line. */
function isUnbreakable(line: string): boolean {
  const quoted = line.matchAll(/'[^']*'|"[^"]*"|`[^`]*`|\/(?:[^/\\]|\\.)+\//g)
  return [...quoted].some(([text]) => text.length > 50) || /https?:\/\/\S{40,}/.test(line)
}

export function longFunctions(sources: readonly Source[]): string[] {
  return sources.flatMap((source) => {
    const found: string[] = []
    const visit = (node: ts.Node): void => {
      const hasBody = ts.isFunctionLike(node) && 'body' in node && node.body
      const lines = hasBody ? height(source.tree, node) : 0
      // A suite of tests is a list, not a function.
      if (lines > maxFunctionLines && !isTest(source.path)) {
        found.push(`${source.path}:${lineOf(source.tree, node)} a function of ${lines} lines`)
      }
      ts.forEachChild(node, visit)
    }
    visit(source.tree)
    return found
  })
}

function height(tree: ts.SourceFile, node: ts.Node): number {
  return tree.getLineAndCharacterOfPosition(node.end).line - lineOf(tree, node) + 2
}

export function isTest(path: string): boolean {
  return /\.test\.tsx?$|^e2e\//.test(path)
}

/** What must not be known below `server/`, and what to use instead. */
const banned: Readonly<Record<string, string>> = {
  Date: 'clock', performance: 'clock', setTimeout: 'clock', setInterval: 'clock',
  setImmediate: 'clock', queueMicrotask: 'tasks', Promise: 'tasks', crypto: 'random',
  WeakRef: 'nothing the collector decides', FinalizationRegistry: 'nothing the collector decides',
  Intl: 'plain comparison', globalThis: 'an argument', require: 'import',
}

const bannedMethods = new Set([
  'localeCompare', 'toLocaleString', 'toLocaleUpperCase', 'toLocaleLowerCase', 'toLocaleDateString',
])

export function impurities(sources: readonly Source[]): string[] {
  return sources
    .filter((source) => source.path.startsWith('simulator/') && !isTest(source.path))
    .flatMap((source) => offencesIn(source, impurity))
}

/** What a rule about single nodes has to say of a file. */
export function offencesIn(
  source: Source, offence: (node: ts.Node) => string | undefined,
): readonly string[] {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    const what = offence(node)
    if (what) found.push(`${source.path}:${lineOf(source.tree, node)} ${what}`)
    ts.forEachChild(node, visit)
  }
  visit(source.tree)
  return found
}

function impurity(node: ts.Node): string | undefined {
  if (ts.isIdentifier(node) && isFreeName(node) && Object.hasOwn(banned, node.text)) {
    return `${node.text} (use ${banned[node.text]})`
  }
  if (ts.isPropertyAccessExpression(node)) {
    const { name, expression } = node
    if (bannedMethods.has(name.text)) return `${name.text} (depends on the host's language)`
    const isChance = name.text === 'random' && expression.getText() === 'Math'
    return isChance ? 'Math.random (use random)' : undefined
  }
  if (ts.isAwaitExpression(node)) return 'await (use tasks)'
  const modifiers = ts.canHaveModifiers(node) ? ts.getModifiers(node) ?? [] : []
  const isAsync = modifiers.some((modifier) => modifier.kind === ts.SyntaxKind.AsyncKeyword)
  return isAsync ? 'async (use tasks)' : undefined
}

/** A name that refers to a value of the host, not a property, a type or something declared. */
function isFreeName(node: ts.Identifier): boolean {
  const parent = node.parent
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node
  if (ts.isTypeReferenceNode(parent) || ts.isQualifiedName(parent)) return false
  const isName = 'name' in parent && parent.name === node
  return !isName || ts.isShorthandPropertyAssignment(parent)
}

export function starExports(sources: readonly Source[]): string[] {
  return sources.flatMap((source) => source.tree.statements
    .filter((node) => ts.isExportDeclaration(node) && !node.exportClause)
    .map((node) => `${source.path}:${lineOf(source.tree, node)} export *`))
}

export function leftovers(sources: readonly Source[]): string[] {
  // Written in pieces, so that this line is none.
  const marker = new RegExp(`\\b(FIX${'ME'}|TO${'DO'}|XX${'X'}|HA${'CK'})\\b`)
  return sources.flatMap((source) => source.lines.flatMap((line, at) =>
    marker.test(line) ? [`${source.path}:${at + 1} ${line.trim()}`] : []))
}

export function looseTypes(sources: readonly Source[]): string[] {
  return sources.flatMap((source) => offencesIn(source, (node) =>
    (node.kind === ts.SyntaxKind.AnyKeyword ? 'any' : undefined)))
}
