import { setPriority } from 'node:os'
import { platform } from 'node:process'
import { pathToFileURL } from 'node:url'
import { parentPort } from 'node:worker_threads'
import type { LabStart } from '../../simulator/lab-types.ts'
import { timelineEntry } from '../labs/timeline-entry.ts'
import { runCell, type CellLab } from './cell.ts'
import type { CellAnswer, CellOrder } from './orders.ts'

// A thread that plays cells, one after the other, with the simulator that the lab runs on.

type NewCellLab = (start: LabStart) => CellLab

/** Below the site's own thread. Only Linux has a priority for each thread. */
const givesWay = 5
if (platform === 'linux') {
  try {
    setPriority(0, givesWay)
  } catch {
    // A host that forbids it shares its time evenly.
  }
}

const loaded = new Map<string, Promise<NewCellLab>>()

function load(bundle: string): Promise<NewCellLab> {
  const known = loaded.get(bundle)
  if (known) return known
  const loading = importBundle(bundle)
  loaded.set(bundle, loading)
  loading.catch(() => loaded.delete(bundle))
  return loading
}

/** Parse boundary: the file carries the hash of a bundle of our simulator/lab.ts. */
async function importBundle(bundle: string): Promise<NewCellLab> {
  const { Lab } = (await import(pathToFileURL(bundle).href)) as {
    Lab: new (start: LabStart) => CellLab
  }
  return (start) => new Lab(start)
}

async function play({ id, bundle, recipe, withEntries }: CellOrder): Promise<CellAnswer> {
  const newLab = await load(bundle)
  try {
    const lab = newLab(recipe.start)
    const { outcome, inputs, deleteMillis, endMillis } = runCell(lab, recipe)
    if (!withEntries) return { id, result: { outcome } }
    const entries = lab.trace.entries.map(timelineEntry)
    return { id, result: { outcome, picture: { entries, inputs, deleteMillis, endMillis } } }
  } catch (error) {
    return { id, fault: String(error) }
  }
}

parentPort?.on('message', (order: CellOrder) => {
  play(order).then(
    (answer) => parentPort?.postMessage(answer),
    (error: unknown) => parentPort?.postMessage({ id: order.id, fault: String(error) }),
  )
})
