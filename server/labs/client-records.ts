import type { InputResult } from '../../simulator/lab-types.ts'

/** What one page has sent: its highest number, and the answers it may ask for again. */
export interface ClientRecord {
  last: number
  applied: number
  readonly results: Map<number, InputResult>
}

/** Answers kept for a page that reconnects. */
const keptResults = 256

/** The pages that have sent inputs to a lab, by the names they chose. */
export class ClientRecords {
  private readonly records = new Map<string, ClientRecord>()

  of(client: string): ClientRecord {
    const known = this.records.get(client)
    if (known) return known
    const record = { last: 0, applied: 0, results: new Map<number, InputResult>() }
    this.records.set(client, record)
    return record
  }

  set(client: string, record: ClientRecord): void {
    this.records.set(client, record)
  }

  applied(client: string, n: number, result: InputResult): void {
    const record = this.of(client)
    record.applied = n
    record.results.set(n, result)
    if (record.results.size <= keptResults) return
    record.results.delete(record.results.keys().next().value ?? n)
  }
}
