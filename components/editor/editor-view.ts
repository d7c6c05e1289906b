import { monaco, THEME } from './monaco.ts'

export interface EditorEvents {
  readonly onEdit: (path: string, text: string) => void
  readonly onSave: (path: string) => void
  readonly onApply: (path: string) => void
}

/** One Monaco editor; each file keeps its own undo history, selection and scroll position. */
export class EditorView {
  private readonly editor: monaco.editor.IStandaloneCodeEditor
  private readonly states = new Map<string, monaco.editor.ICodeEditorViewState | null>()
  private readonly events: EditorEvents
  private shown: string | null = null
  private lit: monaco.editor.IEditorDecorationsCollection | null = null
  /** True while a text from the workstation is put in: it is not the reader's edit. */
  private putting = false

  constructor(element: HTMLElement, label: string, events: EditorEvents) {
    this.events = events
    this.editor = monaco.editor.create(element, {
      model: null, theme: THEME, ariaLabel: label, automaticLayout: true,
      fontFamily: getComputedStyle(element).fontFamily, fontSize: 13, lineHeight: 20,
      minimap: { enabled: false }, overviewRulerLanes: 0, hideCursorInOverviewRuler: true,
      scrollBeyondLastLine: false, folding: false, lineNumbersMinChars: 3, lineDecorationsWidth: 10,
      renderLineHighlight: 'none', padding: { top: 10, bottom: 10 }, tabSize: 2, insertSpaces: true,
      fixedOverflowWidgets: true, wordWrap: 'off', stickyScroll: { enabled: false },
      bracketPairColorization: { enabled: false }, guides: { indentation: false },
      renderFinalNewline: 'off',
      quickSuggestions: { strings: true, other: true, comments: false }, contextmenu: false,
      scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10 },
      unicodeHighlight: { ambiguousCharacters: false },
    })
    const { CtrlCmd } = monaco.KeyMod
    const here = (act: (path: string) => void) => () => { if (this.shown !== null) act(this.shown) }
    this.editor.addCommand(CtrlCmd | monaco.KeyCode.KeyS, here(events.onSave))
    this.editor.addCommand(CtrlCmd | monaco.KeyCode.Enter, here(events.onApply))
  }

  /** Brings a file to the front with this text. */
  show(path: string, text: string): void {
    if (this.shown !== path) {
      if (this.shown !== null) this.states.set(this.shown, this.editor.saveViewState())
      this.shown = path
      this.editor.setModel(this.model(path, text))
      this.editor.restoreViewState(this.states.get(path) ?? null)
    }
    this.put(path, text)
  }

  /** Makes the file's text this one, as an edit that can be undone. */
  private put(path: string, text: string): void {
    const model = this.model(path, text)
    if (model.getValue() === text) return
    this.putting = true
    model.pushStackElement()
    model.pushEditOperations(
      this.editor.getSelections(), [{ range: model.getFullModelRange(), text }],
      () => this.editor.getSelections(),
    )
    model.pushStackElement()
    this.putting = false
  }

  private model(path: string, text: string): monaco.editor.ITextModel {
    const uri = monaco.Uri.file(path)
    const known = monaco.editor.getModel(uri)
    if (known) return known
    const language = /\.ya?ml$/.test(path) ? 'yaml' : /\.sh$/.test(path) ? 'shell' : 'plaintext'
    const model = monaco.editor.createModel(text, language, uri)
    model.setEOL(monaco.editor.EndOfLineSequence.LF)
    model.onDidChangeContent(() => {
      if (!this.putting) this.events.onEdit(path, model.getValue())
    })
    return model
  }

  /** Marks a line of the file in front and brings it into view; null: none. */
  light(line: number | null): void {
    this.lit?.clear()
    const model = this.editor.getModel()
    if (line === null || !model || line > model.getLineCount()) return
    const range = new monaco.Range(line, 1, line, 1)
    const options = { isWholeLine: true, className: 'lit-line', marginClassName: 'lit-line' }
    this.lit = this.editor.createDecorationsCollection([{
      range, options: { ...options, linesDecorationsClassName: 'lit-line-bar' },
    }])
    this.editor.revealLineInCenterIfOutsideViewport(line)
  }

  focus(): void {
    this.editor.focus()
  }

  dispose(): void {
    this.editor.dispose()
    for (const model of monaco.editor.getModels()) model.dispose()
  }
}
