/** Words nobody means together, in the places learners go wrong: what stands after kubectl. */
export const hostileWords = [
  'get', 'describe', 'delete', 'apply', 'create', 'logs', 'exec', 'run', 'label', 'annotate',
  'patch', 'replace', 'diff', 'wait', 'explain', 'edit', 'set', 'cp', 'attach', 'api-resources',
  'config', 'version', 'scale', 'rollout', 'top', 'events', 'pod', 'pods', 'po', 'node', 'deploy',
  'service', 'all', 'events', 'app', 'pod/app', 'pods/app/x', '/', '-f', 'pod.yaml', '-', '--',
  '-o', '-ojson', 'yaml', 'wide', 'jsonpath={', 'jsonpath={.items[*].metadata.name}',
  'custom-columns=A:.x', 'go-template={{.x}}', 'go-template={{', '-n', 'default', 'kube-system',
  '-A', '-w', '--all', '--force', '--now', '--grace-period=-1', '--grace-period=x', '--for=delete',
  '--timeout=1s', '--timeout=x', '-l', 'a=b', 'a==,', '--tail=x', '--since=1y', '-c', '--image=',
  '--restart=Never', '--dry-run=client', '-p', '{"spec":', '--type=json', '[]', 'a=', 'a-', '=',
  '--help', '--v=9', '--nosuch', '-xyz', "''", '"é"', '😀', '$(true)', '*',
] as const

/** Pieces of manifests, most of them wrong in any order. */
export const hostilePieces = [
  'apiVersion: v1\n', 'kind: Pod\n', 'metadata:\n', '  name: app\n', 'spec:\n',
  '  containers:\n', '  - name: x\n', '    image: busybox\n', '- a\n', '\t', '{', '}',
  '[', ']', ': ', '---\n', '&a ', '*a\n',
  '<<: *a\n', '!!binary x\n', '"', "'", '|\n', '>-\n', '? ', 'null\n', '~\n', '1e999\n',
] as const
