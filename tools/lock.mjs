import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Runs `work` while no other process on this machine does; takes over from one that died. */
export async function withLock(path, work) {
  mkdirSync(dirname(path), { recursive: true })
  let told = false
  while (!take(path)) {
    const holder = holderOf(path)
    if (holder === undefined || !isAlive(holder)) {
      rmSync(path, { recursive: true, force: true })
      continue
    }
    if (!told) console.log(`Waiting for another set-up (process ${holder}) to finish …`)
    told = true
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
  const release = () => rmSync(path, { recursive: true, force: true })
  process.once('exit', release)
  try {
    return await work()
  } finally {
    process.removeListener('exit', release)
    release()
  }
}

function take(path) {
  try {
    mkdirSync(path)
    writeFileSync(join(path, 'pid'), String(process.pid))
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

function holderOf(path) {
  // The holder makes the folder and then the file: give it a moment in between.
  const until = Date.now() + 1000
  while (Date.now() < until) {
    try {
      const pid = Number(readFileSync(join(path, 'pid'), 'utf8'))
      if (pid > 0) return pid
    } catch (error) {
      if (error.code !== 'ENOENT') throw error
    }
  }
  return undefined
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
