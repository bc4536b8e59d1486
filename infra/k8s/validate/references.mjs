// What a schema cannot see: names that nobody has, selectors that find nobody, ports that are not there.
import { containersOf, podOf, selects } from './manifests.mjs';

export function checkReferences(manifests) {
  const problems = [];
  const report = (manifest, message) => problems.push({ ...manifest, message: `${manifest.id}: ${message}` });
  const names = (kind) => new Set(manifests.filter(({ object }) => object.kind === kind).map(({ object }) => object.metadata.name));
  const workloads = manifests.filter((manifest) => podOf(manifest));
  const named = (manifest, kind, name, isOptional) => {
    if (name && !isOptional && !names(kind).has(name)) report(manifest, `${kind} '${name}' does not exist`);
  };

  const seen = new Set();
  for (const manifest of manifests) {
    const key = `${manifest.object.apiVersion} ${manifest.id}`;
    if (seen.has(key)) report(manifest, 'is there twice');
    seen.add(key);
  }

  for (const workload of workloads) {
    const pod = podOf(workload), claims = workload.object.spec.volumeClaimTemplates ?? [];
    const volumes = new Set([...(pod.spec.volumes ?? []), ...claims.map(({ metadata }) => metadata)].map(({ name }) => name));
    if (workload.object.spec.selector && !selects(workload.object.spec.selector, pod.metadata?.labels)) report(workload, 'its selector does not find its own pods');
    named(workload, 'ServiceAccount', pod.spec.serviceAccountName);
    for (const volume of pod.spec.volumes ?? []) {
      named(workload, 'ConfigMap', volume.configMap?.name, volume.configMap?.optional);
      named(workload, 'Secret', volume.secret?.secretName, volume.secret?.optional);
      named(workload, 'PersistentVolumeClaim', volume.persistentVolumeClaim?.claimName);
    }
    for (const container of containersOf(pod)) {
      for (const source of container.envFrom ?? []) {
        named(workload, 'ConfigMap', source.configMapRef?.name, source.configMapRef?.optional);
        named(workload, 'Secret', source.secretRef?.name, source.secretRef?.optional);
      }
      for (const { valueFrom } of container.env ?? []) {
        named(workload, 'ConfigMap', valueFrom?.configMapKeyRef?.name, valueFrom?.configMapKeyRef?.optional);
        named(workload, 'Secret', valueFrom?.secretKeyRef?.name, valueFrom?.secretKeyRef?.optional);
      }
      for (const { name } of container.volumeMounts ?? []) if (!volumes.has(name)) report(workload, `volume '${name}' is mounted and does not exist`);
      const ports = (container.ports ?? []).map(({ name }) => name);
      for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe']) {
        const port = container[probe]?.httpGet?.port ?? container[probe]?.tcpSocket?.port;
        if (typeof port === 'string' && !ports.includes(port)) report(workload, `${probe} names port '${port}', which ${container.name} does not have`);
      }
    }
  }

  for (const manifest of manifests) {
    const { kind, spec } = manifest.object;
    const find = (selector) => workloads.filter((workload) => selects(selector, podOf(workload).metadata?.labels));
    if (kind === 'Service' && spec.selector) {
      const found = find({ matchLabels: spec.selector });
      if (!found.length) report(manifest, 'its selector finds no pod');
      const ports = found.flatMap((workload) => podOf(workload).spec.containers.flatMap(({ ports }) => (ports ?? []).map(({ name }) => name)));
      for (const { targetPort } of spec.ports ?? []) if (typeof targetPort === 'string' && !ports.includes(targetPort)) report(manifest, `targetPort '${targetPort}' is no port of its pods`);
    }
    if (kind === 'PodDisruptionBudget' && !find(spec.selector).length && !isBroker(manifests, spec.selector)) report(manifest, 'its selector finds no pod');
    if (kind === 'NetworkPolicy' && !find(spec.podSelector).length && !isBroker(manifests, spec.podSelector)) report(manifest, 'its selector finds no pod');
    if (kind === 'StatefulSet') named(manifest, 'Service', spec.serviceName);
    if (kind === 'ScaledObject') {
      named(manifest, spec.scaleTargetRef?.kind, spec.scaleTargetRef?.name);
      for (const { authenticationRef } of spec.triggers ?? []) named(manifest, 'TriggerAuthentication', authenticationRef?.name);
      if (manifests.some(({ object }) => object.kind === spec.scaleTargetRef?.kind && object.metadata.name === spec.scaleTargetRef?.name && object.spec.replicas !== undefined)) {
        report(manifest, `${spec.scaleTargetRef.name} has a number of replicas of its own, which would fight with this`);
      }
    }
    if (kind === 'TriggerAuthentication') {
      for (const { name, key } of spec.secretTargetRef ?? []) {
        named(manifest, 'Secret', name);
        const secret = manifests.find(({ object }) => object.kind === 'Secret' && object.metadata.name === name)?.object;
        if (secret && !(key in { ...secret.data, ...secret.stringData })) report(manifest, `Secret '${name}' has no key '${key}'`);
      }
    }
  }
  return problems;
}

// The pods of a RabbitmqCluster are made by its operator, with this label.
const isBroker = (manifests, selector) => manifests.some(({ object }) => object.kind === 'RabbitmqCluster' && selects(selector, { 'app.kubernetes.io/name': object.metadata.name }));
