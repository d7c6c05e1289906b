/** A shell variable with its attributes. */
export interface Variable {
  /** Undefined: declared, never set. */
  value: string | undefined
  list?: Map<number, string> | undefined
  table?: Map<string, string> | undefined
  exported?: boolean
  readonly?: boolean
  integer?: boolean
  lower?: boolean
  upper?: boolean
  reference?: boolean
}

type Frame = Map<string, Variable | undefined>

/**
 * Variables with dynamic scope: a function's frame remembers what its locals hid and puts it back.
 */
export class Variables {
  private readonly all = new Map<string, Variable>()
  private readonly frames: Frame[] = []

  get(name: string): Variable | undefined {
    const found = this.all.get(name)
    if (found?.reference && found.value && found.value !== name) return this.get(found.value)
    return found
  }

  /** The variable itself, made if it is missing. */
  declare(name: string): Variable {
    const known = this.get(name)
    if (known) return known
    const fresh: Variable = { value: undefined }
    this.all.set(name, fresh)
    return fresh
  }

  replace(name: string, variable: Variable | undefined): void {
    if (variable) this.all.set(name, variable)
    else this.all.delete(name)
  }

  /** Scalar text: of an array its element 0, as shells have it. */
  text(name: string): string | undefined {
    const variable = this.get(name)
    if (!variable) return undefined
    if (variable.list) return variable.list.get(0)
    if (variable.table) return variable.table.get('0')
    return variable.value
  }

  /** Sets without asking for permission (the shell's own variables). */
  set(name: string, value: string): void {
    const variable = this.declare(name)
    if (variable.list) variable.list.set(0, value)
    else if (variable.table) variable.table.set('0', value)
    else variable.value = value
  }

  unset(name: string): void {
    this.all.delete(name)
  }

  export(name: string, value?: string): void {
    const variable = this.declare(name)
    variable.exported = true
    if (value !== undefined) variable.value = value
  }

  names(): string[] {
    return [...this.all.keys()].sort()
  }

  enterFunction(): void {
    this.frames.push(new Map())
  }

  leaveFunction(): void {
    const frame = this.frames.pop()
    if (frame) for (const [name, hidden] of frame) this.replace(name, hidden)
  }

  get inFunction(): boolean {
    return this.frames.length > 0
  }

  /** Hides a variable for the rest of the function; false outside of one. */
  makeLocal(name: string, keepValue: boolean): boolean {
    const frame = this.frames.at(-1)
    if (!frame) return false
    if (frame.has(name)) return true
    const hidden = this.all.get(name)
    frame.set(name, hidden)
    const fresh: Variable = { value: keepValue ? hidden?.value : undefined }
    if (hidden?.exported) fresh.exported = true
    this.all.set(name, fresh)
    return true
  }

  /** NAME=value of everything exported, in the order it was made known. */
  environment(): Map<string, string> {
    const out = new Map<string, string>()
    for (const [name, variable] of this.all) {
      if (variable.exported && variable.value !== undefined) out.set(name, variable.value)
    }
    return out
  }

  /** For a subshell: the same values, no longer shared. */
  copy(): Variables {
    const twin = new Variables()
    for (const [name, variable] of this.all) twin.all.set(name, copyVariable(variable))
    for (const frame of this.frames) twin.frames.push(new Map(frame))
    return twin
  }
}

export function copyVariable(variable: Variable): Variable {
  const twin = { ...variable }
  if (variable.list) twin.list = new Map(variable.list)
  if (variable.table) twin.table = new Map(variable.table)
  return twin
}

export function isName(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text)
}

/** Keys of an indexed array in order. */
export function listKeys(list: ReadonlyMap<number, string>): number[] {
  return [...list.keys()].sort((a, b) => a - b)
}
