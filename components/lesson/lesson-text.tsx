import { evaluate } from '@mdx-js/mdx'
import type { MDXComponents } from 'mdx/types'
import * as runtime from 'react/jsx-runtime'
import remarkGfm from 'remark-gfm'
import { Invitation } from '../what-if/what-if-link.tsx'
import { Command } from './command.tsx'
import { Aside, Note } from './notes.tsx'
import { FileQuote, Output } from './output.tsx'
import { Step } from './step.tsx'
import { Summary } from './summary.tsx'

type Text = Awaited<ReturnType<typeof evaluate>>['default']

/** Compiled texts by their source; an edited file is another source. */
const compiled = new Map<string, Promise<Text>>()

const components: MDXComponents = {
  Step,
  Run: Command,
  Output,
  File: FileQuote,
  Note,
  Summary,
  WhatIf: Invitation,
  Hint: (props) => <Aside kind="hint">{props.children}</Aside>,
  Solution: (props) => <Aside kind="solution">{props.children}</Aside>,
}

/** The text of a lesson, complete in the page before any script runs. */
export async function LessonText({ source }: { readonly source: string }) {
  const Text = await compile(source)
  return <Text components={components} />
}

/** MDX takes indentation out of quoted lines; written as one line, they keep it. */
function keepLines(source: string): string {
  return source.replace(/\{`(?:[^`\\]|\\.)*`\}/gs, (quoted) => quoted.replaceAll('\n', '\\n'))
}

function compile(source: string): Promise<Text> {
  const known = compiled.get(source)
  if (known) return known
  const text = evaluate(keepLines(source), { ...runtime, remarkPlugins: [remarkGfm] }).then(
    (module) => module.default,
  )
  compiled.set(source, text)
  return text
}
