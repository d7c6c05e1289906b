import ts from 'typescript'
import { isTest, offencesIn } from './rules.ts'
import type { Source } from './sources.ts'

/**
 * Ways of writing that let V8 keep a lab until the next full collection of the heap: it gives a
 * function written after `a.b =` to the old generation, with all that it refers to, and a literal
 * with accessors a hidden class of its own, which holds them.
 */
export function longLived(sources: readonly Source[]): string[] {
  return sources
    .filter((source) => source.path.startsWith('simulator/') && !isTest(source.path))
    .flatMap((source) => offencesIn(source, keeps))
}

function keeps(node: ts.Node): string | undefined {
  if (ts.isAccessor(node) && ts.isObjectLiteralExpression(node.parent)) {
    return 'an accessor in a literal (make it a class)'
  }
  const isAssigned = ts.isBinaryExpression(node)
    && node.operatorToken.kind === ts.SyntaxKind.EqualsToken
    && (ts.isPropertyAccessExpression(node.left) || ts.isElementAccessExpression(node.left))
    && (ts.isArrowFunction(node.right) || ts.isFunctionExpression(node.right))
  return isAssigned ? 'a function written where it is assigned (name it first)' : undefined
}
