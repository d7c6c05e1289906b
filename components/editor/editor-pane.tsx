'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { useLocale, useTranslations } from '../i18n/translations.tsx'
import { useLab } from '../lab/lab-provider.tsx'
import { useMoment } from '../lab/moment.tsx'
import { useTabActivity } from '../terminal/tab-activity.ts'
import { TabList } from '../ui/tab-list.tsx'
import { useDesk } from '../workbench/desk.tsx'
import { OtherPane } from '../workbench/other-pane.tsx'
import { Conflict, Problem } from './conflict.tsx'
import { EditorFooter } from './editor-footer.tsx'
import { isUnsaved, type EditorFiles, type OpenFile } from './editor-files.ts'
import styles from './editor.module.css'
import { useLitLine } from './lit-line.tsx'
import { PastFiles } from './past-files.tsx'
import { useEditorFiles } from './use-editor-files.ts'
import { useEditorView } from './use-editor-view.ts'

/** The workstation's files: tabs above, the text, and what can be done with it below. */
export function EditorPane({ first }: { readonly first: readonly string[] }) {
  const t = useTranslations('editor')
  const { files, open } = useEditorFiles(first)
  const desk = useDesk()
  const [chosen, setChosen] = useState<string | null>(null)
  const file = open.find(({ path }) => path === chosen) ?? open[0]
  const apply = useApply(files)
  const { past } = useMoment()
  useShownLine(setChosen)
  return (
    <section className={styles.pane} data-pane="editor" aria-label={t('files')}>
      {past ? <PastFiles files={past.files} tools={<OtherPane to="terminal" />} /> : null}
      <div className={styles.bar} inert={past !== null}>
        <TabList
          label={t('files')}
          prefix="file"
          chosen={file?.path ?? ''}
          onChoose={(path) => {
            setChosen(path)
            desk.showPane('editor')
          }}
          tabs={open.map((one) => ({ id: one.path, label: <FileTab file={one} /> }))}
        />
      </div>
      <div className={styles.body} inert={past !== null}>
        {files && file?.theirs ? <Conflict file={file} files={files} /> : null}
        {file?.problem ? <Problem file={file} /> : null}
        <EditorSurface file={file} files={files} apply={apply} />
        <EditorFooter file={file} files={files} apply={apply} />
      </div>
    </section>
  )
}

/** Brings the file to the front that something on the page points into. */
function useShownLine(choose: (path: string) => void): void {
  const { lit } = useLitLine()
  const { showPane, setSheet } = useDesk()
  useEffect(() => {
    if (!lit) return
    choose(lit.path)
    showPane('editor')
    if (matchMedia('(max-width: 899px)').matches) setSheet('editor')
  }, [lit, choose, showPane, setSheet])
}

function FileTab({ file }: { readonly file: OpenFile }) {
  const t = useTranslations('editor')
  return (
    <>
      <span translate="no">{file.path}</span>
      {isUnsaved(file) ? (
        <>
          <span className={styles.unsaved} />
          <span className="visually-hidden">{t('unsaved')}</span>
        </>
      ) : null}
    </>
  )
}

function EditorSurface({
  file,
  files,
  apply,
}: {
  readonly file: OpenFile | undefined
  readonly files: EditorFiles | null
  readonly apply: (path: string) => void
}) {
  const t = useTranslations('editor')
  const { state } = useLab()
  const locale = useLocale()
  const element = useRef<HTMLDivElement>(null)
  const label = `${file?.path ?? ''}. ${t('tabKey')}`
  const { view, failed } = useEditorView(element, locale, label, files, apply)
  useEffect(() => {
    if (view && file) view.show(file.path, file.text)
  }, [view, file])
  const { lit } = useLitLine()
  const path = file?.path
  useEffect(() => {
    view?.light(lit !== null && lit.path === path ? lit.line : null)
  }, [view, path, lit])
  return (
    <div
      className={styles.surface}
      role="tabpanel"
      id={`file-panel-${file?.path ?? ''}`}
      aria-labelledby={file ? `file-tab-${file.path}` : undefined}
    >
      {failed ? <p className={styles.message}>{t('failed')}</p> : null}
      {state.known && !file ? <p className={styles.message}>{t('noFiles')}</p> : null}
      {!view && file && !failed ? <pre className={styles.plain}>{file.text}</pre> : null}
      <div ref={element} className={styles.monaco} hidden={!file} />
    </div>
  )
}

/** Saves the file and types the command into a terminal that waits for one, for all to see. */
function useApply(files: EditorFiles | null): (path: string) => void {
  const { terminal, type } = useDesk()
  const { state } = useLab()
  const { tabs } = state
  const activity = useTabActivity(state.entries)
  return useCallback(
    (path: string) => {
      files?.save(path)
      const idle = [terminal, ...tabs].find((tab) => tabs.includes(tab) && !activity.has(tab))
      const fresh = String(Math.max(0, ...tabs.map(Number)) + 1)
      type(idle ?? fresh, `${applyCommand(path)}\r`)
    },
    [files, terminal, tabs, activity, type],
  )
}

export function applyCommand(path: string): string {
  return `kubectl apply -f ${/^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`}`
}
