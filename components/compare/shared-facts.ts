import { both, phrase, type Phrase } from './phrase.ts'
import { reactionTo, stopSignalOf } from './stop-differences.ts'
import { runSubjects, type PodSubject, type RunSubject } from './subject.ts'

/** What both branches have in common after the fork, in a few words each. */
export function sharedFacts(subject: PodSubject): readonly Phrase<'same'>[] {
  const [first] = runSubjects(subject)
  const ofRun = first ? factsOfRun(first) : []
  const last = both(subject.lives, (life) => life.statuses.at(-1)?.status)
  const isSameStatus = last.a !== undefined && last.a === last.b
  return isSameStatus ? [...ofRun, phrase('same', 'status', { status: last.a ?? '' })] : ofRun
}

function factsOfRun({ runs }: RunSubject): readonly Phrase<'same'>[] {
  const facts: Phrase<'same'>[] = []
  const { a, b } = runs
  if (a?.grace && a.grace.seconds === b?.grace?.seconds) {
    facts.push(phrase('same', 'grace', { seconds: String(a.grace.seconds) }))
  }
  const signals = both(runs, stopSignalOf)
  if (signals.a && signals.b) {
    const reactions = both({ a: signals.a, b: signals.b }, reactionTo)
    if (reactions.a === reactions.b) {
      facts.push(phrase('same', `signal${reactions.a}`, { signal: signals.a.signal }))
    }
  }
  if (a && b && a.exitCode !== null && a.exitCode === b.exitCode) {
    facts.push(phrase('same', 'exit', { code: String(a.exitCode) }))
  }
  return facts
}
