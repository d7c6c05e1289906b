// Every bound of the server, in one place, each with its reason.

export const serverLimits = {
  /** Bodies of our own requests are a few names long. */
  requestBodyBytes: 4_096,
  /** A socket message that is longer is an attack: the connection ends without reading it. */
  messageBytes: 1_048_576,
  /** A file of a lesson is a few kilobytes; the simulated disk holds 1 MiB in all. */
  fileChars: 262_144,
  pathChars: 255,
  /** Keys in one message: a large paste comes in several. */
  keysChars: 16_384,
  /** Sustained messages of one page, and how many may come at once: fast typing is 15 a second. */
  messagesPerSecond: 100,
  messageBurst: 400,
  /** Sustained characters of one page, and at once: a manifest pasted or saved is 10,000. */
  charsPerSecond: 65_536,
  charBurst: 524_288,
  /** Inputs of one page that are not yet in the journal; beyond, its socket is not read. */
  inputsInFlight: 256,
  /** Unsent output of one page; beyond, output waits in the lab, which keeps a bounded screen. */
  outputBufferedBytes: 524_288,
  outputChunkChars: 32_768,
  entriesPerMessage: 400,
  /** Entries gather for two frames of a screen: a page draws once for all of them. */
  entriesEveryMillis: 33,
  /** What a timeline can show of a line of a log; `kubectl logs` has the whole. */
  drawnLogChars: 200,
  /** A file list may be large and change often: at most so often to one page. */
  filesEveryMillis: 100,
  /** Pages that watch one lab: a few browser tabs of one learner. */
  watchersPerLab: 8,
  /** Connected pages in all: each costs buffers; 1,000 learners with room to spare. */
  sockets: 3_000,
  /** A page must say hello within this time. */
  helloMillis: 10_000,
  /** One lab a lesson; far more than there are lessons. */
  labsPerLearner: 50,
  /** Labs made on this server in a minute: a hall that starts together, not a flood. */
  labsPerMinute: 600,
  /** A day's hard work is some 10,000 inputs; a journal must stay quick to replay. */
  inputsPerBranch: 20_000,
  /** Steps of one lab before another has its turn: a few milliseconds. */
  stepsPerSlice: 500,
  /** Restoring a lab gives way to others after so long. */
  restoreSliceMillis: 8,
  /** One run's turn before other labs have theirs, and all its turns: a learner waits for it. */
  runSliceMillis: 2,
  runWorkMillis: 8_000,
  /** How far time runs to what is sought: twice the longest back-off. */
  runReachMillis: 600_000,
  /** A stretch is quiet after so long without a happening, and without a key in wall time. */
  quietMillis: 3_000,
  /** How much quiet is left out at once: the longest back-off, and some. */
  skipReachMillis: 360_000,
  /** A shorter skip is not worth a word. */
  skipToldMillis: 1_000,
  /** A lab that cannot keep pace falls behind by this much wall time; then its clock slows down. */
  lagMillis: 250,
  /** How often watched labs' clocks are noted; what a crash may lose is then read from the page. */
  clockMarkMillis: 2_000,
  /** How often a page that goes faster than real time hears the clock. */
  clockTellMillis: 500,
  /** A reload or a change of network is shorter; then the clock waits for the learner. */
  clockStopsAfterMillis: 30_000,
  /** A lab nobody watches is dropped from memory: it is brought back by replay. */
  evictAfterMillis: 600_000,
  /** Branches of a lab that are shown: more than anybody can tell apart. */
  branchesPerLab: 50,
  branchNameChars: 40,
  /** Forks, resets and openings of one lab in a minute: each reads its journal anew. */
  branchChangesPerMinute: 60,
  /** Live links of one lab. */
  sharesPerLab: 20,
  /** Moments looked at of one lab or link in a second, and at once: a drag asks at 60 a second. */
  looksPerSecond: 60,
  lookBurst: 240,
  /** Looks that wait for one past: of a drag only the newest matter. */
  looksWaiting: 4,
  /** Of an earlier screen: what a page draws, and some lines above. */
  pastTabChars: 32_768,
  /** Pasts kept to be looked at, how long after the last look, and how much one records. */
  pastsKept: 40,
  pastKeptMillis: 120_000,
  tapeChars: 1_000_000,
  tapeParts: 20_000,
  /** Threads that play cells of what-if maps: two answer a map in time, and give way to the site. */
  cellThreads: 2,
  /** Cells a thread has before it: it never waits for the next, and little is played in vain. */
  cellsAhead: 3,
  /** Cells played when the server starts, some ten seconds of each thread: cold, a cell takes
   * five times as long, after a thousand still a third more. */
  warmUpCells: 4_000,
  /** A thread that is silent for so long is ended: one cell takes some milliseconds. */
  cellSilenceMillis: 10_000,
  /** A thread that ended is started again no sooner: a cell that kills it must not do so in a loop. */
  cellThreadRestMillis: 500,
  /** So many of each thread in a row without an answer: what waits is given up. */
  cellThreadEndings: 3,
  /** Heap of one thread: a cell is a lab of some 2 MB. */
  cellThreadMegabytes: 192,
  /** And for what is young, a third of it in use: some five cells. Measured: 18 to 192 are alike
   * within the noise, 12 is slower by a third. */
  cellThreadYoungMegabytes: 24,
  /** Cells wait this long for others to go with: as long as a page has a picture up. */
  cellLinesMillis: 16,
  /** Moments of one cell in which something is due: some 300 are usual; a busy loop has no end. */
  cellTurns: 10_000,
  /** How long a cell waits for its pod to run, and for the deleted pod to be gone. */
  cellRunMillis: 120_000,
  cellStopMillis: 3_900_000,
  /** What one question may take: 400 cells are a second or two, unless their app never rests. */
  whatIfMillis: 30_000,
  /** Cells of one map, and values of one axis: what can be told apart on a page. */
  mapCells: 400,
  mapValues: 40,
  /** Longest grace period, hook and stop that can be asked for: an hour. */
  knobSeconds: 3_600,
  /** Questions of one learner in a second, and at once: a drag asks at every value it passes. */
  whatIfsPerSecond: 20,
  whatIfBurst: 60,
  /** Questions of all learners that wait: a class of forty, each with a map and a cell. */
  whatIfsWaiting: 100,
  /** Outcomes kept (about 300 bytes each), pictures (about 60 KB), shutdowns with their manifests. */
  outcomesKept: 20_000,
  cellPicturesKept: 100,
  shutdownsKept: 200,
  /** Labs in memory; the longest unwatched go first. */
  warmLabs: 2_000,
  /** Writes of one group commit. */
  writesPerCommit: 500,
} as const
