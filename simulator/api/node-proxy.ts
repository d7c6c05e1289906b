import { Wakeable } from '../time/tasks.ts'
import type { Task } from '../time/tasks.ts'
import type { Pod } from './kinds.ts'
import type { Api, LogStream, NodeApi, StatusError } from './types.ts'

/**
 * The API server between kubectl and a node's kubelet: a pod that has no node yet is answered here.
 * Models pkg/registry/core/pod/strategy.go LogLocation and streamLocation.
 */
export function throughServer(api: Api, nodes: NodeApi): NodeApi {
  const isUnbound = (namespace: string, name: string): boolean => {
    const { code, body } =
      api.request({ method: 'GET', path: pathOf(namespace, name), userAgent: 'apiserver' })
    return code === 200 && (body as Pod).spec.nodeName === undefined
  }
  return {
    exec: (request) => (isUnbound(request.namespace, request.pod)
      ? refuse(unassigned(request.pod)) : nodes.exec(request)),
    attach: (request) => (isUnbound(request.namespace, request.pod)
      ? refuse(unassigned(request.pod)) : nodes.attach(request)),
    // What nobody runs has written nothing: the answer is empty and no error.
    logs: (namespace, pod, options) => (isUnbound(namespace, pod)
      ? emptyLog() : nodes.logs(namespace, pod, options)),
  }
}

function pathOf(namespace: string, name: string): string {
  return `/api/v1/namespaces/${namespace}/pods/${name}`
}

function emptyLog(): LogStream {
  return { take: () => '', arrived: new Wakeable(), ended: true, close: () => undefined }
}

function unassigned(pod: string): StatusError {
  return { code: 400, reason: 'BadRequest', message: `pod ${pod} does not have a host assigned` }
}

function* refuse(error: StatusError): Task<StatusError> {
  return error
}
