import type { ExitCode } from '../../kernel/types.ts'
import { helpText } from '../command/help.ts'
import type { Session } from '../session.ts'

/** `kubectl options`: the flags that every command takes. */
export function options(session: Session): ExitCode {
  session.out(helpText(['options'], session.process.env.get('HOME') ?? '/root') ?? '')
  return 0
}
