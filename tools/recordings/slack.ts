/**
 * Slack on an interval, in seconds: the kubelet looks at containers once a second, so two runs of
 * one cluster differ by as much; `across` names the states between, where a back-off adds its own.
 */
export function slack(seconds: number, across = ''): number {
  return 1.5 + 0.03 * seconds
    + (/BackOff/.test(across) ? 4 : 0) + (/ConfigError/.test(across) ? 15 : 0)
}
