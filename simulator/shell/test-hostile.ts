/** Pieces of scripts in any order: most are wrong, and wrong in the places learners are. */
export const scriptPieces = [
  'if', 'then', 'else', 'elif', 'fi', 'for', 'in', 'do', 'done', 'while', 'until', 'case', 'esac',
  'function', 'select', 'time', '!', '{', '}', '(', ')', '((', '))', '[[', ']]', '[', ']', ';',
  ';;', ';&', '&', '&&', '||', '|', '|&', '<', '>', '>>', '<<E', '<<-E', '<<<', '>&', '2>&1', '<(',
  '"', "'", '`', '\\', '$', '$(', '${', '$((', '$x', '${x:-', '${x//', '${#', '${!', '@', '*', '?',
  'x=', 'x=1', 'a=(', 'a[0]=', 'f()', '\n', '\t', '#', '=', '==', '-eq', '~', 'E\n', '\0', 'é', '😀',
  'echo', 'a', '1', '0', '%', '+', '-', 'test', 'printf', '%s', '%d', 'set', '-e', '-u', '-x',
  'trap', 'EXIT', 'TERM', 'exit', 'return', 'break', 'shift', 'eval', 'read', 'local', 'unset',
  'kill', '$$', 'wait', 'jobs', 'getopts', 'exec', 'cd', 'umask', 'ulimit', 'type', 'declare',
] as const
