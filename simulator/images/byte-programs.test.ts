import { expect, it } from 'vitest'
import { busyboxImage } from './busybox.ts'
import { ImageBed } from './testbed.ts'

// Answers of od, paste, cmp and the like are recorded (real-programs.test.ts); this is the rest.

function busybox(line: string): { out: string; err: string; exit: number } {
  const bed = new ImageBed(busyboxImage.nodes)
  bed.boot()
  return bed.run(line, { cwd: '/tmp', shell: 'sh' })
}

it("BusyBox' comm, which Debian's busybox was built without, does not mind the order", () => {
  expect(busybox("printf 'b\\na\\n' > x; printf 'a\\nc' > y; comm x y"))
    .toEqual({ out: '\ta\nb\na\n\tc\n', err: '', exit: 0 })
  expect(busybox('comm x').err).toContain('Usage: comm [-123] FILE1 FILE2\n')
})
