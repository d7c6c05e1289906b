import type { Program } from '../kernel/types.ts'
import type { ImageNode } from './types.ts'

/** Builds the tree of an image, path by path. */
export class TreeBuilder {
  private readonly nodes = new Map<string, ImageNode>()

  directories(paths: readonly string[], mode = 0o755): this {
    for (const path of paths) this.nodes.set(path, { kind: 'directory', mode })
    return this
  }

  files(files: Readonly<Record<string, string>>, mode = 0o644): this {
    for (const [path, text] of Object.entries(files))
      this.nodes.set(path, { kind: 'file', text, mode })
    return this
  }

  links(links: Readonly<Record<string, string>>): this {
    for (const [path, target] of Object.entries(links))
      this.nodes.set(path, { kind: 'symlink', target })
    return this
  }

  programs(directory: string, programs: Readonly<Record<string, Program>>, bytes?: number): this {
    for (const [name, program] of Object.entries(programs)) {
      // Sizes are of the order of a small dynamic program, and always the same for one name.
      const size = bytes ?? 35_000 + name.length * 4_096 + name.charCodeAt(0) * 40
      this.nodes.set(`${directory}/${name}`, { kind: 'program', program, bytes: size, mode: 0o755 })
    }
    return this
  }

  build(): ReadonlyMap<string, ImageNode> {
    return this.nodes
  }
}
