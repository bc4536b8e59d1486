// Whoever is told an address inside the cluster must be able to go there: a service of that name and port, a way out and a way in.
import { containersOf, podOf, selects } from './manifests.mjs';

export function checkReach(manifests) {
  const problems = [];
  for (const workload of manifests.filter((manifest) => podOf(manifest))) {
    for (const { host, port, where } of addressesOf(workload, manifests)) {
      const report = (message) => problems.push({ ...workload, message: `${workload.id}: ${where} is ${host}:${port}, ${message}` });
      const target = targetOf(host, port, manifests);
      if (!target) report('and no service has that name and port');
      else if (!allows(manifests, 'egress', workload, target)) report('to which no NetworkPolicy lets it out');
      else if (!allows(manifests, 'ingress', target, workload)) report('where no NetworkPolicy lets it in');
    }
  }
  return problems;
}

// Where a workload is told to go: its variables, its config maps, and the files of its secrets. Addresses outside of the cluster have dots.
function addressesOf(workload, manifests) {
  const find = (kind, name) => manifests.find(({ object }) => object.kind === kind && object.metadata.name === name)?.object;
  const decoded = (secret) => Object.entries(secret?.data ?? {}).map(([name, value]) => [name, Buffer.from(value, 'base64').toString()]);
  const pod = podOf(workload);
  const settings = [
    ...containersOf(pod).flatMap(({ env, envFrom }) => [
      ...(env ?? []).map(({ name, value }) => [name, value]),
      ...(envFrom ?? []).flatMap(({ configMapRef, secretRef }) => [...Object.entries(find('ConfigMap', configMapRef?.name)?.data ?? {}), ...decoded(find('Secret', secretRef?.name))]),
    ]),
    ...(pod.spec.volumes ?? []).flatMap(({ secret }) => decoded(find('Secret', secret?.secretName))),
  ];
  return settings.flatMap(([where, value]) => {
    const url = /^(https?|amqp):\/\/(?:[^@/]*@)?([a-z0-9-]+)(?::(\d+))?(?:\/|$)/.exec(value ?? '');
    const database = /^Host=([a-z0-9-]+);/.exec(value ?? '');
    if (url) return [{ where, host: url[2], port: Number(url[3] ?? { http: 80, https: 443, amqp: 5672 }[url[1]]) }];
    return database ? [{ where, host: database[1], port: Number(/;Port=(\d+)/.exec(value)?.[1] ?? 5432) }] : [];
  });
}

// The pods behind a service's port: their labels, and the port's number and name in them. A RabbitmqCluster is a service of its name.
function targetOf(host, port, manifests) {
  const service = manifests.find(({ object }) => object.kind === 'Service' && object.metadata.name === host)?.object;
  const served = service?.spec.ports?.find((candidate) => candidate.port === port);
  if (served) {
    const pod = manifests.filter((manifest) => podOf(manifest)).map(podOf).find((candidate) => selects({ matchLabels: service.spec.selector }, candidate.metadata?.labels));
    const ports = pod ? containersOf(pod).flatMap(({ ports }) => ports ?? []) : [];
    const wanted = served.targetPort ?? port, open = ports.find(({ name, containerPort }) => name === wanted || containerPort === wanted);
    return pod && { labels: pod.metadata.labels, ports: [open?.name, open?.containerPort ?? wanted] };
  }
  const isBroker = manifests.some(({ object }) => object.kind === 'RabbitmqCluster' && object.metadata.name === host);
  return isBroker && [5672, 15672, 15692].includes(port) ? { labels: { 'app.kubernetes.io/name': host }, ports: [port] } : undefined;
}

// Whether a policy of that direction, for the pods of `one`, names the pods and the port of the other: the port is always the target's.
function allows(manifests, direction, one, other) {
  const labels = (side) => side.labels ?? podOf(side).metadata?.labels;
  const ports = (direction === 'egress' ? other : one).ports;
  return manifests.filter(({ object }) => object.kind === 'NetworkPolicy' && selects(object.spec.podSelector, labels(one))).some(({ object }) =>
    (object.spec[direction] ?? []).some((rule) =>
      (rule.ports ?? []).some(({ port }) => ports.includes(port))
      && (rule[direction === 'egress' ? 'to' : 'from'] ?? []).some(({ podSelector, namespaceSelector }) => podSelector && !namespaceSelector && selects(podSelector, labels(other)))));
}
