// Text with everything that differs from run to run replaced by a name for it.

const longDate =
  /(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}/g
const isoDate = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)/g
const twoDaysMillis = 2 * 86_400_000

type Rule = readonly [pattern: RegExp, replacement: string]

const terminalRules: readonly Rule[] = [
  [/\r\n/g, '\n'],
  // Where busybox asks for the cursor and redraws depends on the terminal's answer.
  [/\r\/ # \x1b\[J|\x1b\[6n/g, ''],
  [/^.*\(SIGIO\) received\n/gm, ''],
  [/\b[A-Z][a-z]{2} [ \d]\d \d\d:\d\d(?= )/g, 'DATE'],
]

const rules: readonly Rule[] = [
  [/\b\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d\b/g, 'TIME'],
  [/\[\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\]/g, '[TIME]'],
  [/\b\d+\.\d+\.\d+(-[\w.]+)*-(amd64|generic|cloud)\b/g, 'KERNEL'],
  [/(RLIMIT_NOFILE\): )\d+:\d+/g, '$1N:N'],
  [/(default-scheduler)-[\w-]+/g, '$1-HOST'],
  [/\b\d{5,}(Ki|Mi)?\b(?=\s*$)/gm, 'N'],
  [/((?:Machine ID|System UUID|Boot ID): +)\S+/g, '$1ID'],
  [/("(?:gitCommit|buildDate|goVersion)": )"[^"]*"/g, '$1"…"'],
  [/kubectl-edit-\d+/g, 'kubectl-edit-N'],
  [/on [\d.]+:53: no such host/g, 'on DNS: no such host'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, 'UID'],
  [/(containerd:\/\/|sha256:)[0-9a-f]{64}/g, '$1HASH'],
  [/\b[0-9a-f]{64}\b/g, 'HASH'],
  [/kube-api-access-[a-z0-9]{5}/g, 'kube-api-access-XXXXX'],
  [/\b(10|192|172)\.\d+\.\d+\.\d+\b/g, 'IP'],
  [/(resourceVersion"?: ")\d+"/g, '$1N"'],
  [/\.[0-9a-f]{16}\b/g, '.EVENT'],
  [/(_)[a-z0-9-]+(\(UID\))/g, '$1NAMESPACE$2'],
  [/(image: docker\.io\/library\/\w+):[\w.]+/g, '$1:TAG'],
  [/\b\d+#\d+: /g, 'PID#PID: '],
  [/(worker process|received from) \d+/g, '$1 PID'],
  [/-[a-z0-9]{8,10}-[a-z0-9]{5}(?![a-z0-9])/g, '-HASH-XXXXX'],
  [
    new RegExp(
      '(replicaset\\.apps\\/|[rR]eplica[sS]et\\/|replica set "?|^|\\s|\\()'
      + '([a-z]+)-[bcdf-hj-np-tv-z2456789]{7,10}(?=[\\s"),:]|$)', 'gm',
    ),
    '$1$2-HASH',
  ],
  [/(?<=[a-z0-9])-[bcdf-hj-np-tv-xz24-9]{5}(?![a-zA-Z0-9-])/g, '-XXXXX'],
  [/in \d+(\.\d+)?(ms|s) \(\d+(\.\d+)?(ms|s) including waiting\)/g, 'in T (T including waiting)'],
  [/Image size: \d+ bytes/g, 'Image size: N bytes'],
  [/^(real|user|sys)\s.*$/gm, '$1'],
  // The API server prints the difference of its internal objects: only that it does is compared.
  [/\n@@ -\d+,\d+ \+\d+,\d+ @@\n(?:[ +-].*\n)*/g, '\n@@ internal difference @@\n'],
]

/** `started`: ISO time of the recording; only dates within two days of it are masked. */
export function mask(text: string, namespace = 'default', started?: string): string {
  let masked = apply(terminalRules, text)
  if (namespace !== 'default') {
    const word = new RegExp(`(?<![\\w-])${namespace}(?=[/" ,:.]|$)`, 'gm')
    masked = masked.replaceAll(word, 'default')
  }
  const near = (date: string): boolean =>
    !started || Math.abs(Date.parse(date) - Date.parse(started)) < twoDaysMillis
  masked = masked.replace(longDate, (date) => (near(date) ? 'DATE' : date))
  masked = masked.replace(isoDate, (date) => (near(date) ? 'TIME' : date))
  return apply(rules, masked)
}

function apply(list: readonly Rule[], text: string): string {
  return list.reduce((sum, [pattern, replacement]) => sum.replace(pattern, replacement), text)
}
