const pattern = '[-._a-zA-Z][-._a-zA-Z0-9]*'

/** What is wrong with a name, by kubectl's own narrow rule. Models validation.IsEnvVarName. */
export function environmentNameProblem(name: string): string | undefined {
  const problems: string[] = []
  if (!new RegExp(`^${pattern}$`).test(name)) {
    problems.push("a valid environment variable name must consist of alphabetic characters, "
      + "digits, '_', '-', or '.', and must not start with a digit (e.g. 'my.env-name',  or "
      + `'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '${pattern}')`)
  }
  if (name === '.' || name === '..') problems.push(`must not be '${name}'`)
  else if (name.startsWith('..')) problems.push("must not start with '..'")
  return problems.length === 0 ? undefined : problems.join(';')
}
