import type { Errno } from './types.ts'

/**
 * A system call failed. Programs catch it and print `strerror`; it never reaches a user raw. It is
 * no Error: failing calls are everyday (a PATH is searched by them), and a stack trace costs more
 * than the call.
 */
export class SyscallError {
  constructor(readonly code: Errno, readonly path?: string) {}

  get message(): string {
    return this.path === undefined ? strerror(this.code) : `${this.path}: ${strerror(this.code)}`
  }
}

const texts: Record<Errno, string> = {
  ENOENT: 'No such file or directory', EACCES: 'Permission denied', EEXIST: 'File exists',
  ENOTDIR: 'Not a directory', EISDIR: 'Is a directory', ENOTEMPTY: 'Directory not empty',
  EINVAL: 'Invalid argument', EBADF: 'Bad file descriptor', EPIPE: 'Broken pipe',
  EPERM: 'Operation not permitted', ESRCH: 'No such process', ECHILD: 'No child processes',
  ELOOP: 'Too many levels of symbolic links', ENOSPC: 'No space left on device',
  EMFILE: 'Too many open files', EAGAIN: 'Resource temporarily unavailable',
  ENOEXEC: 'Exec format error', EROFS: 'Read-only file system', EBUSY: 'Device or resource busy',
  ENOTTY: 'Inappropriate ioctl for device', ECONNREFUSED: 'Connection refused',
  EHOSTUNREACH: 'No route to host', ETIMEDOUT: 'Connection timed out',
  EADDRINUSE: 'Address already in use',
  EXDEV: 'Invalid cross-device link', EINTR: 'Interrupted system call',
  ENAMETOOLONG: 'File name too long',
  EIO: 'Input/output error', ENXIO: 'No such device or address',
}

/** The C library's sentence for an error number. */
export function strerror(code: Errno): string {
  return texts[code]
}
