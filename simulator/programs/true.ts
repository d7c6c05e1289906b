import type { Program } from '../kernel/types.ts'
import type { ProgramFamily } from './command.ts'

function ending(code: number): Program {
   
  return function* run() {
    return code
  }
}

const ended: readonly Program[] = [ending(0), ending(1)]

export const trueCommand: ProgramFamily = () => ended[0]!
export const falseCommand: ProgramFamily = () => ended[1]!
