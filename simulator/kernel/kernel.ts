import type { Clock } from '../time/clock.ts'
import type { Chance } from '../time/random.ts'
import type { Scheduler } from '../time/tasks.ts'
import type { Trace } from '../trace/trace.ts'
import { Processor } from './cpu.ts'
import { References } from './descriptors.ts'
import { KernelMachine } from './machine.ts'
import { SimulatedNetwork } from './network.ts'
import { Pipe, PipeEnd } from './pipe.ts'
import { Sink } from './sink.ts'
import { TtyDevice } from './tty.ts'
import type { Kernel, MachineOptions, OpenFile, Tty, TtyOptions } from './types.ts'

export interface KernelOptions {
  readonly clock: Clock
  readonly chance: Chance
  readonly scheduler: Scheduler
  readonly trace: Trace
}

/** What processes and machines share: the kernel and its table of open files. */
export interface ProcessHost {
  readonly kernel: Kernel
  readonly references: References
  readonly processor: Processor
}

/** One kernel serves a lab: the workstation and every container are machines in it. */
export function createKernel(options: KernelOptions): Kernel & { readonly openFiles: References } {
  const references = new References()
  const processor = new Processor()
  let pipes = 0
  const kernel: Kernel & { readonly openFiles: References } = {
    ...options,
    openFiles: references,
    createMachine: (machine: MachineOptions) =>
      new KernelMachine({ kernel, references, processor }, machine),
    createTty: (tty: TtyOptions & { readonly onOutput: (text: string) => void }) =>
      new TtyDevice(tty, tty.onOutput),
    openTty,
    createPipe: () => {
      const pipe = new Pipe(`pipe:[${10_000 + ++pipes}]`)
      return { read: new PipeEnd(pipe, 'pipe-read'), write: new PipeEnd(pipe, 'pipe-write') }
    },
    createSink: (path, write) => new Sink(path, write),
    createNetwork: () => new SimulatedNetwork(options.clock, options.scheduler),
  }
  return kernel
}

function openTty(tty: Tty): OpenFile {
  if (!(tty instanceof TtyDevice)) throw new Error('the terminal must come from createTty')
  return tty.file
}
