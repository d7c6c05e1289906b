import type { ExitCode } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import type { Session } from '../session.ts'
import { apply } from './apply.ts'
import { attach } from './attach.ts'
import { canI } from './auth.ts'
import {
  currentContext, deleteContext, getClusters, getContexts, getUsers, setContext, useContext, view,
} from './config.ts'
import {
  deleteCluster, deleteUser, renameContext, setProperty, unsetProperty,
} from './config-entries.ts'
import { cp } from './cp.ts'
import { create } from './create.ts'
import { createConfigMap, createRegistrySecret, createSecret } from './create-data.ts'
import {
  createDeployment, createJob, createNamespace, createServiceAccount,
} from './create-kinds.ts'
import {
  createClusterIp, createExternalName, createLoadBalancer, createNodePort,
} from './create-service.ts'
import { deleteObjects } from './delete.ts'
import { describe } from './describe.ts'
import { apiResources, apiVersions, clusterInfo } from './discovery.ts'
import { diff } from './diff.ts'
import { edit } from './edit.ts'
import { events } from './events.ts'
import { exec } from './exec.ts'
import { explain } from './explain.ts'
import { expose } from './expose.ts'
import { get } from './get.ts'
import { logs } from './logs.ts'
import { cordon, taint, uncordon } from './node-scheduling.ts'
import { options } from './options.ts'
import { patch } from './patch.ts'
import { replace } from './replace.ts'
import { run } from './run.ts'
import { scale } from './scale.ts'
import { annotate, label } from './set-metadata.ts'
import { version } from './version.ts'
import { wait } from './wait.ts'

/** A command: what it says goes through the session; it returns its exit code. */
export type Verb = (session: Session) => ExitCode | Task<ExitCode>

const verbs: Readonly<Record<string, Verb>> = {
  annotate, 'api-resources': apiResources, 'api-versions': apiVersions, apply, attach,
  'auth can-i': canI, 'cluster-info': clusterInfo, 'config current-context': currentContext,
  'config delete-cluster': deleteCluster, 'config delete-context': deleteContext,
  'config delete-user': deleteUser, 'config rename-context': renameContext,
  'config set': setProperty, 'config unset': unsetProperty, 'config get-clusters': getClusters,
  'config get-contexts': getContexts, 'config get-users': getUsers,
  'config set-context': setContext, 'config use-context': useContext, 'config view': view,
  cordon, cp, create, 'create configmap': createConfigMap, 'create deployment': createDeployment,
  'create job': createJob, 'create namespace': createNamespace,
  'create secret docker-registry': createRegistrySecret, 'create secret generic': createSecret,
  'create service clusterip': createClusterIp, 'create service externalname': createExternalName,
  'create service loadbalancer': createLoadBalancer, 'create service nodeport': createNodePort,
  'create serviceaccount': createServiceAccount, delete: deleteObjects, describe, diff, edit,
  events, exec, explain, expose, get, label, logs, options, patch, replace, run, scale, taint,
  uncordon, version, wait,
}

/** The commands that are simulated, by their words. */
export function verbNamed(path: readonly string[]): Verb | undefined {
  return verbs[path.join(' ')]
}
