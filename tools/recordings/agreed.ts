/** Scenarios that agree with the real cluster and must go on doing so. The list only grows. */
export const agreed = [
  'lifecycle-demo', 'seed-lifecycle-demo-tty', 'pull-always', 'badcommand-missing-binary',
  'poststart-slow', 'busybox-prestop', 'grace-60-hook-40-app-10', 'grace-10-hook-40',
  'prestop-fails', 'prestop-http-refused', 'trap-term-exit-0', 'delete-force', 'delete-grace-5',
  'sleep-action', 'logs-after-hooks', 'invalid-typo-lifecyle', 'invalid-bad-yaml-indent',
]
