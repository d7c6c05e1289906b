import type { Millis } from './time/clock.ts'

// The journal: what a lab is made of. The server stores inputs, the simulator applies them.

/** First input of every lab. */
export interface LabStart {
  readonly kind: 'start'
  /** Files of the workstation's home directory, by relative path. */
  readonly files: Readonly<Record<string, string>>
  readonly seed: number
  /** Date at virtual time zero, Unix milliseconds. */
  readonly startEpochMillis: number
  readonly simulatorVersion: string
  /** Current namespace of kubectl; `default` unless a scenario says otherwise. */
  readonly namespace?: string
}

export type InputBody =
  | {
      readonly kind: 'tab-open'
      readonly tab: string
      readonly columns: number
      readonly rows: number
    }
  | { readonly kind: 'tab-close'; readonly tab: string }
  | {
      readonly kind: 'tab-resize'
      readonly tab: string
      readonly columns: number
      readonly rows: number
    }
  | { readonly kind: 'keys'; readonly tab: string; readonly text: string }
  /** Editor save; `basedOn`: hash of the text it was made from. A conflict changes nothing. */
  | {
      readonly kind: 'file-write'
      readonly path: string
      readonly text: string
      readonly basedOn: string | null
    }
  /** 0 = paused. Without `skipsQuiet`, that stays as it was. */
  | { readonly kind: 'pace'; readonly pace: number; readonly skipsQuiet?: boolean }
  | { readonly kind: 'clock-mark' }

/** One journaled input: applied when the lab has reached `atMillis`. */
export interface Input {
  readonly seq: number
  readonly atMillis: Millis
  readonly body: InputBody
}

export type InputResult =
  | { readonly ok: true }
  | {
      readonly ok: false
      readonly error: 'file-conflict' | 'no-such-tab' | 'limit' | 'bad-path'
      readonly detail: string
    }

/** Output of a terminal: `offset` is the count of characters before `text`. */
export interface TerminalOutput {
  readonly tab: string
  readonly offset: number
  readonly text: string
}

/** A workstation file as the editor sees it. */
export interface WorkstationFile {
  readonly path: string
  readonly text: string
  readonly hash: string
}

/** The cluster in kubectl's words, read without leaving a trace. */
export interface ClusterView {
  /** `kubectl get pods -A -o wide`, or what kubectl says when there are none. */
  readonly pods: string
  /** `kubectl get events` of the current namespace. */
  readonly events: string
  /** Every pod: `kubectl describe pod` and `kubectl get pod -o yaml`. */
  readonly each: readonly {
    readonly namespace: string; readonly name: string
    readonly describe: string; readonly yaml: string
  }[]
}

/**
 * The face of one lab for the host (implemented by `lab.ts`).
 *
 *     const lab = new Lab(start); lab.apply(input); lab.advance(toMillis, maxSteps)
 */
export interface LabFace {
  readonly nowMillis: Millis
  /** Virtual time of the next thing due; undefined: nothing is, and no timer is needed. */
  nextDue(): Millis | undefined
  /** Advances to `input.atMillis`, applies it and runs what it sets off at that moment. */
  apply(input: Input): InputResult
  /** False: the step budget ran out before `toMillis`; call again. */
  advance(toMillis: Millis, maxSteps?: number): boolean
  /** Retained output of a tab from `offset` on (older text may have been cut: see offset). */
  output(tab: string, fromOffset: number): TerminalOutput
  readonly tabs: readonly string[]
  onOutput(listener: (output: TerminalOutput) => void): () => void
  files(): readonly WorkstationFile[]
  onFilesChanged(listener: () => void): () => void
  /**
   * The cluster at this moment, or as it stood at an earlier one; looking changes nothing, not even
   * chance or a PID.
   */
  look(atMillis?: Millis): ClusterView
  /** Reason the lab is held (a limit), or undefined. */
  readonly held: string | undefined
}
