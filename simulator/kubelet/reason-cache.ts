/** Why a container was not started: its reason and the long text beside it. */
export interface StartFailure { readonly reason: string; readonly message: string }

/** Models kubelet/reason_cache.go: last start failure of each container, until a start succeeds. */
export class ReasonCache {
  private readonly reasons = new Map<string, StartFailure>()

  get(podUid: string, container: string): StartFailure | undefined {
    return this.reasons.get(`${podUid}_${container}`)
  }

  set(podUid: string, container: string, failure: StartFailure | undefined): void {
    if (failure) this.reasons.set(`${podUid}_${container}`, failure)
    else this.reasons.delete(`${podUid}_${container}`)
  }
}
