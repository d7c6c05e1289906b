import { readFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { dirname, join, normalize } from 'node:path'
import ts from 'typescript'

/** One of our own files, with what the rules ask of it. */
export interface Source {
  readonly path: string
  readonly lines: readonly string[]
  readonly tree: ts.SourceFile
  /** What it imports, as written, and as paths of this project where they are ours. */
  readonly imports: readonly Import[]
}

export interface Import {
  readonly text: string
  readonly path: string | undefined
  readonly line: number
  readonly isType: boolean
}

/** Every file under version control or about to be, that a person wrote. */
export function projectFiles(): string[] {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard']
  const listed = execFileSync('git', args, { encoding: 'utf8' })
  return [...new Set(listed.split('\n'))].filter((path) => path !== '' && exists(path))
}

export function readSources(files: readonly string[]): Source[] {
  return files
    .filter((path) => /\.(ts|tsx|mts|mjs)$/.test(path) && !path.endsWith('.d.ts'))
    .map(readSource)
}

function readSource(path: string): Source {
  const text = readFileSync(path, 'utf8')
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  return { path, lines: text.split('\n'), tree, imports: importsOf(path, tree) }
}

function importsOf(path: string, tree: ts.SourceFile): Import[] {
  const found: Import[] = []
  const add = (node: ts.Node, specifier: ts.Node | undefined, isType: boolean) => {
    if (!specifier || !ts.isStringLiteralLike(specifier)) return
    found.push({
      text: specifier.text, path: resolve(path, specifier.text), line: lineOf(tree, node), isType,
    })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node, node.moduleSpecifier, isTypeImport(node))
    else if (ts.isExportDeclaration(node)) add(node, node.moduleSpecifier, node.isTypeOnly)
    else if (ts.isImportTypeNode(node)) {
      if (ts.isLiteralTypeNode(node.argument)) add(node, node.argument.literal, true)
    } else if (ts.isCallExpression(node)) {
      if (node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node, node.arguments[0], false)
    } else if (ts.isNewExpression(node)) {
      if (node.expression.getText(tree) === 'URL') add(node, node.arguments?.[0], false)
    }
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return found
}

function isTypeImport(node: ts.ImportDeclaration): boolean {
  const clause = node.importClause
  if (!clause) return false
  if (clause.isTypeOnly) return true
  const names = clause.namedBindings
  return !clause.name && names !== undefined && ts.isNamedImports(names)
    && names.elements.length > 0 && names.elements.every((element) => element.isTypeOnly)
}

/** Path inside the project; undefined for packages. */
function resolve(from: string, specifier: string): string | undefined {
  const plain = specifier.replace(/\?.*$/, '')
  if (!plain.startsWith('@/') && !plain.startsWith('.')) return undefined
  const path = normalize(plain.startsWith('@/') ? plain.slice(2) : join(dirname(from), plain))
  return ['', '.ts', '.tsx', '.mjs', '/index.ts'].map((end) => path + end).find(exists) ?? path
}

export function lineOf(tree: ts.SourceFile, node: ts.Node): number {
  return tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1
}

function exists(path: string): boolean {
  return ts.sys.fileExists(path)
}
