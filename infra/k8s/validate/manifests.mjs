// Manifests as objects that know where they came from.
import fs from 'node:fs';
import { parseAllDocuments } from 'yaml';

/** Reads files ('-' is standard input). A problem is { source, message }; a manifest { source, id, object }. */
export function read(files) {
  const manifests = [], problems = [];
  for (const source of files) {
    for (const document of parseAllDocuments(fs.readFileSync(source === '-' ? 0 : source, 'utf8'), { uniqueKeys: true })) {
      for (const error of document.errors) problems.push({ source, message: error.message.split('\n')[0] });
      const object = document.errors.length ? null : document.toJS();
      if (object === null) continue;
      // kustomize breaks long values into lines; Kubernetes reads over that.
      if (object.kind === 'Secret') for (const name in object.data) object.data[name] = object.data[name].replace(/\s/g, '');
      const id = `${object.kind}/${object.metadata?.name}`;
      if (object.apiVersion && object.kind && object.metadata?.name) manifests.push({ source, id, object });
      else problems.push({ source, message: `${id}: apiVersion, kind and metadata.name are required` });
    }
  }
  return { manifests, problems };
}

/** The pod of a workload, or undefined. */
export function podOf({ object }) {
  if (object.kind === 'Pod') return object;
  if (object.kind === 'CronJob') return object.spec?.jobTemplate?.spec?.template;
  return ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job'].includes(object.kind) ? object.spec?.template : undefined;
}

export const containersOf = (pod) => [...(pod.spec?.initContainers ?? []), ...(pod.spec?.containers ?? [])];

/** Whether a label selector (matchLabels and matchExpressions) takes these labels; an empty one takes all. */
export function selects(selector, labels = {}) {
  const equal = Object.entries(selector?.matchLabels ?? {}).every(([key, value]) => labels[key] === value);
  return equal && (selector?.matchExpressions ?? []).every(({ key, operator, values }) => ({
    In: () => values.includes(labels[key]),
    NotIn: () => !values.includes(labels[key]),
    Exists: () => key in labels,
    DoesNotExist: () => !(key in labels),
  })[operator]?.() ?? false);
}
