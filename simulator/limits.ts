// Every bound of a lab, in one place, each with its reason.

export const limits = {
  /** Enough for an hour of busy probing; beyond it the lab is held, as the trace must stay whole. */
  traceEntries: 50_000,
  /**
   * Children and signals of a container that the trace names: a burst, then so many a second, and
   * it says once that it leaves some out. A loop that forks without end fills it in an hour.
   */
  tracedProcesses: 300,
  tracedProcessesPerSecond: 6,
  /** The same for the lines of a container's log; the log itself has them all. */
  tracedLogLines: 300,
  tracedLogLinesPerSecond: 10,
  /** A fork bomb ends with "can't fork", as a pids cgroup would. */
  processesPerMachine: 64,
  /** As `ulimit -n` of a small container; keeps a descriptor leak visible and cheap. */
  openFilesPerProcess: 256,
  /** What one process may gather from a stream before the kernel's OOM killer ends it. */
  processMemoryChars: 4_194_304,
  /** Linux' pipe capacity. */
  pipeChars: 65_536,
  /** What a learner writes by hand is far below; a runaway `yes > file` meets "No space left". */
  filesystemBytes: 1_048_576,
  filesPerFilesystem: 2_000,
  /** The kubelet rotates at 10 MiB; a lab keeps less and drops the oldest lines. */
  containerLogChars: 262_144,
  /** What a line costs besides its characters, so that a million empty ones are bounded too. */
  logLineChars: 24,
  /** Scrollback that is kept for redrawing a terminal after a reload. */
  terminalChars: 200_000,
  /** Output a tab may print without a key being pressed: `yes` then waits and costs nothing. */
  terminalCreditChars: 262_144,
  /** Files the editor is shown, and the size of one: what a person edits by hand. */
  editorFiles: 50,
  editorFileChars: 100_000,
  /** Shell source accepted by the parser, and nesting of its constructs (generators cost per level). */
  shellSourceChars: 65_536,
  shellNesting: 64,
  /** `x=$x$x` in a loop ends with an error long before the host feels it. */
  shellVariableChars: 1_000_000,
  /** Virtual cost of one shell command: a busy loop then pays for its turns. */
  commandCostMillis: 0.05,
  /** Long random texts (4 KB for a lab) kept for the next lab of the same seed. */
  rememberedTexts: 64,
  /** Parsed manifests, and the longest: all versions of the files somebody edits and replays. */
  rememberedManifests: 32,
  rememberedManifestChars: 16_384,
  /** A longer one is read in pieces of about 20 ms, and each ends the host's turn. */
  manifestPieceLexemes: 10_000,
  manifestPieceSteps: 1_000_000,
  /** Lines of a manifest's fields that its request keeps in the trace: some ten pods' worth. */
  manifestLines: 400,
  /** Cluster size: the API refuses more objects, as a quota would. */
  apiObjects: 2_000,
  /** etcd's own limit on a request is 1.5 MiB. */
  apiBodyChars: 1_500_000,
  /** A manifest nests some twenty deep; what walks a body must not run out of stack. */
  apiBodyDepth: 100,
  /** The same for YAML before it is a body: its parser calls itself for every level. */
  yamlDepth: 200,
  /** Values and steps of one JSONPath: ranges in ranges multiply, kubectl answers all the same. */
  jsonPathValues: 100_000,
  /** Changes kept for watches that resume; an older resourceVersion is answered 410. */
  watchHistory: 1_000,
  /** A watch nobody reads is closed, as a slow client's connection would be. */
  watchQueue: 10_000,
  tabsPerLab: 8,
  /** What is shown of a cluster that is looked at: pods, the length of one text, and all together. */
  lookedPods: 50,
  lookedTextChars: 65_536,
  lookedChars: 524_288,
  /** Changes of kubectl's namespace that are remembered for who looks back: a loop makes no more. */
  namespaceChanges: 1_000,
  /** etcd keeps events one hour. */
  eventLifetimeMillis: 3_600_000,
} as const
