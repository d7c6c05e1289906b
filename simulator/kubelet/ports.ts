import type { Container, IntOrString } from '../api/kinds.ts'

/** A port by number or by the name a container gives it; an error text as Go prints it. */
export function resolvePort(
  port: IntOrString, container: Container,
): { readonly port: number } | { readonly error: string } {
  const named = container.ports?.find(({ name }) => name !== undefined && name === port)
  const number = typeof port === 'number' ? port : named?.containerPort ?? Number(port)
  if (!Number.isInteger(number) || String(port) === '') {
    return { error: `strconv.Atoi: parsing "${port}": invalid syntax` }
  }
  if (number < 1 || number > 65_535) return { error: `invalid port number: ${number}` }
  return { port: number }
}
