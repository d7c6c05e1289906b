import type { Source, TestExpression, Word } from '../parse.ts'
import { wordText } from './word-text.ts'

/** What stands between `[[` and `]]`. */
export function testText(source: Source, node: TestExpression): string {
  const word = (one: Word): string => wordText(source, one)
  switch (node.type) {
    case 'TestLogical':
      return node.operands.map((one) => testText(source, one)).join(` ${node.operator} `)
    case 'TestNot': return `${'! '.repeat(node.negations.length)}${testText(source, node.operand)}`
    case 'TestGroup': return `( ${testText(source, node.expression)} )`
    case 'TestUnary': return `${node.operator} ${word(node.operand)}`
    case 'TestBinary': return `${word(node.left)} ${node.operator} ${word(node.right)}`
  }
}
