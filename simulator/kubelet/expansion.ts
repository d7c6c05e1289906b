/** Models k8s.io/utils/third_party/forked/golang/expansion: `$(NAME)`, with `$$` for `$`. */
export function expand(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replace(/\$(\$|\(([^)]*)\))/g, (whole, escape: string, name: string | undefined) => {
    if (escape === '$') return '$'
    return name === undefined ? whole : variables.get(name) ?? whole
  })
}
