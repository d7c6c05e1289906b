import * as monaco from 'monaco-editor/editor'
import 'monaco-editor/features/register.all'
import 'monaco-editor/languages/definitions/shell/register'
import 'monaco-editor/languages/definitions/yaml/register'
import { configureMonacoYaml } from 'monaco-yaml'
import { onColorsChanged, readColors } from '../ui/theme-colors.ts'

// Monaco and its two workers, from our own address. Loaded when the editor is first shown.

const spawn = {
  editor: () =>
    new Worker(new URL('./workers/editor.worker.ts', import.meta.url), { type: 'module' }),
  yaml: () => new Worker(new URL('./workers/yaml.worker.ts', import.meta.url), { type: 'module' }),
}

self.MonacoEnvironment = {
  getWorker: (_id: string, label: string) => (label === 'yaml' ? spawn.yaml() : spawn.editor()),
}

/** monaco-yaml still asks for workers as Monaco made them before 0.53: it wants its data sent along. */
const forYaml = {
  ...monaco,
  editor: {
    ...monaco.editor,
    createWebWorker: (options: { createData?: unknown }) => {
      const worker = spawn.yaml()
      worker.postMessage('ignore')
      worker.postMessage(options.createData)
      return monaco.editor.createWebWorker({ worker })
    },
  },
}

const SCHEMA_ADDRESS = '/schemas/pod.json'

/** Completion, hover and error marks from the API's own schema; without it YAML is checked alone. */
async function configureYaml(): Promise<void> {
  const schema = await fetch(SCHEMA_ADDRESS).then(
    (answer) => (answer.ok ? answer.json() : null),
    () => null,
  )
  configureMonacoYaml(forYaml as never, {
    enableSchemaRequest: false,
    validate: true,
    hover: true,
    completion: true,
    format: { enable: true },
    schemas:
      schema === null ? [] : [{ uri: 'schema://pod.json', fileMatch: ['*.yaml', '*.yml'], schema }],
  })
}

void configureYaml()

export const THEME = 'grace'

function defineTheme(): void {
  const color = readColors([
    'surface',
    'ink',
    'ink-3',
    'line',
    'line-strong',
    'accent',
    'accent-tint',
    'raised',
    'float-edge',
    'code-key',
    'code-string',
    'code-number',
    'danger',
    'caution',
    'sunken',
  ])
  const dark =
    getComputedStyle(document.documentElement).colorScheme === 'dark' ||
    parseInt(color.surface.slice(1, 3), 16) < 0x80
  monaco.editor.defineTheme(THEME, {
    base: dark ? 'vs-dark' : 'vs',
    inherit: false,
    rules: [
      { token: '', foreground: color.ink.slice(1), background: color.surface.slice(1) },
      { token: 'type', foreground: color['code-key'].slice(1) },
      { token: 'key', foreground: color['code-key'].slice(1) },
      { token: 'tag', foreground: color['code-key'].slice(1) },
      { token: 'string', foreground: color['code-string'].slice(1) },
      { token: 'number', foreground: color['code-number'].slice(1) },
      { token: 'keyword', foreground: color['code-number'].slice(1) },
      { token: 'comment', foreground: color['ink-3'].slice(1) },
    ],
    colors: themeColors(color),
  })
  monaco.editor.setTheme(THEME)
}

function themeColors(color: Record<string, string>): Record<string, string> {
  const of = (name: string) => color[name] ?? '#000000'
  return {
    'editor.background': of('surface'),
    'editor.foreground': of('ink'),
    'editorLineNumber.foreground': of('ink-3'),
    'editorLineNumber.activeForeground': of('ink'),
    'editor.lineHighlightBackground': '#00000000',
    'editor.lineHighlightBorder': '#00000000',
    'editor.selectionBackground': of('accent-tint'),
    'editor.inactiveSelectionBackground': of('accent-tint'),
    'editorCursor.foreground': of('ink'),
    'editorIndentGuide.background1': of('line'),
    'editorIndentGuide.activeBackground1': of('line-strong'),
    'editorWidget.background': of('raised'),
    'editorWidget.border': of('float-edge'),
    'editorWidget.foreground': of('ink'),
    'editorHoverWidget.background': of('raised'),
    'editorHoverWidget.border': of('float-edge'),
    'editorSuggestWidget.background': of('raised'),
    'editorSuggestWidget.border': of('float-edge'),
    'editorSuggestWidget.foreground': of('ink'),
    'editorSuggestWidget.selectedBackground': of('accent-tint'),
    'editorSuggestWidget.selectedForeground': of('ink'),
    'editorSuggestWidget.highlightForeground': of('accent'),
    'editorSuggestWidget.focusHighlightForeground': of('accent'),
    'editorError.foreground': of('danger'),
    'editorWarning.foreground': of('caution'),
    'editorBracketMatch.background': of('accent-tint'),
    'editorBracketMatch.border': of('line-strong'),
    'input.background': of('surface'),
    'input.foreground': of('ink'),
    'input.border': of('line-strong'),
    ...Object.fromEntries(
      [1, 2, 3, 4, 5, 6].map((depth) => [`editorBracketHighlight.foreground${depth}`, of('ink')]),
    ),
    focusBorder: of('accent'),
    'scrollbarSlider.background': `${of('line-strong')}55`,
    'scrollbarSlider.hoverBackground': `${of('line-strong')}88`,
    'scrollbarSlider.activeBackground': `${of('line-strong')}aa`,
    'widget.shadow': '#00000033',
    'textLink.foreground': of('accent'),
  }
}

defineTheme()
onColorsChanged(defineTheme)

export { monaco }
