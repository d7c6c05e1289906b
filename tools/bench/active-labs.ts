import { quantile, type Figure } from './figure.ts'
import { Learner } from './learner.ts'

const labs = 200
const keysPerLab = 10
const warmUpKeys = 2
const pauseMillis = 1000
const runs = 60

/** What a learner waits for while every lab has a running pod and somebody in front of it. */
export async function activeLabFigures(origin: string): Promise<Figure[]> {
  const learners = await Learner.crowd(origin, labs)
  const figures = [await echo(learners), await shutdown(learners)]
  for (const learner of learners) learner.leave()
  return figures
}

/** From sending a key to its echo, while everybody types. */
async function echo(learners: readonly Learner[]): Promise<Figure> {
  const samples = (await Promise.all(learners.map(typeAround))).flat()
  return {
    what: `key to echo with ${labs} active labs, p95`, unit: 'ms',
    measured: quantile(samples, 0.95), bound: 50, how: `${samples.length} keys over WebSocket`,
  }
}

async function typeAround(learner: Learner): Promise<number[]> {
  const samples: number[] = []
  for (let i = 0; i < keysPerLab + warmUpKeys; i++) {
    await new Promise((resolve) => setTimeout(resolve, pauseMillis * (0.5 + Math.random())))
    const begun = performance.now()
    const seen = learner.shown('x')
    learner.type('x')
    await seen
    if (i >= warmUpKeys) samples.push(performance.now() - begun)
  }
  return samples
}

/** From asking for it amid the preStop hook to hearing, after the commit, that the pod is gone. */
async function shutdown(learners: readonly Learner[]): Promise<Figure> {
  const samples: number[] = []
  for (const learner of learners.slice(0, runs)) {
    learner.type('\u0015kubectl delete pod busybox\r')
    await learner.run('hook-start')
    const begun = performance.now()
    await learner.run('pod-gone')
    samples.push(performance.now() - begun)
  }
  return {
    what: `run from preStop to pod gone, ${labs} active labs, p95`, unit: 'ms',
    measured: quantile(samples, 0.95), bound: 100, how: `${samples.length} runs over WebSocket`,
  }
}
