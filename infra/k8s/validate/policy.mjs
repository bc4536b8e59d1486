// What we promise of every pod and of the namespace: the "restricted" level of Kubernetes' pod security standards and more.
import { containersOf, podOf, selects } from './manifests.mjs';

export function checkPolicy(manifests) {
  const problems = [];
  const report = (manifest, message) => problems.push({ ...manifest, message: `${manifest.id}: ${message}` });
  const policies = manifests.filter(({ object }) => object.kind === 'NetworkPolicy');

  for (const manifest of manifests.filter((candidate) => podOf(candidate))) {
    const pod = podOf(manifest), spec = pod.spec, security = spec.securityContext ?? {};
    const wants = (isTrue, message) => { if (!isTrue) report(manifest, message); };
    wants(security.runAsNonRoot === true && security.runAsUser > 0, 'may run as root');
    wants(security.seccompProfile?.type === 'RuntimeDefault', 'has no seccomp profile');
    wants(!spec.hostNetwork && !spec.hostPID && !spec.hostIPC && !(spec.volumes ?? []).some(({ hostPath }) => hostPath), 'reaches into its node');
    wants(spec.automountServiceAccountToken === false, 'carries a token for Kubernetes');
    wants(spec.enableServiceLinks === false, 'gets variables named after other services');
    wants(!spec.terminationGracePeriodSeconds || spec.terminationGracePeriodSeconds >= 40, 'is killed before a service has ended (40 s)');
    for (const container of containersOf(pod)) {
      const own = container.securityContext ?? {};
      wants(own.readOnlyRootFilesystem === true, `${container.name} can write to its image`);
      wants(own.allowPrivilegeEscalation === false && own.privileged !== true, `${container.name} can get more rights`);
      wants(own.capabilities?.drop?.includes('ALL') && !own.capabilities?.add?.length, `${container.name} keeps capabilities`);
      wants(own.runAsUser === undefined || own.runAsUser > 0, `${container.name} may run as root`);
      wants(container.resources?.limits?.memory && container.resources?.requests?.cpu, `${container.name} has no limit of memory or asks for no processor`);
      wants(!/:latest$/.test(container.image) && /:[^/]+$/.test(container.image), `${container.name} has an image without a version`);
      // A restart mends neither broker nor database.
      wants(!/ready/.test(container.livenessProbe?.httpGet?.path ?? '') && !container.livenessProbe?.exec, `${container.name} is restarted for what it depends on`);
      for (const { name, value } of container.env ?? []) wants(value === undefined || !/password$|connectionstring$|__uri$/i.test(name), `${container.name} has a secret in its manifest (${name})`);
    }
    if (manifest.object.kind !== 'Job') wants(containersOf(pod).every(({ livenessProbe, readinessProbe }) => livenessProbe && readinessProbe), 'has no probes');
  }

  const denies = policies.some(({ object: { spec } }) => selects(spec.podSelector, {}) && Object.keys(spec.podSelector ?? {}).length === 0
    && !spec.ingress?.length && !spec.egress?.length && ['Ingress', 'Egress'].every((type) => spec.policyTypes?.includes(type)));
  if (manifests.some((manifest) => podOf(manifest)) && !denies) problems.push({ source: manifests[0].source, message: 'NetworkPolicy: nothing denies by default' });
  for (const policy of policies) {
    const { spec } = policy.object;
    for (const rule of spec.egress ?? []) if (!rule.to?.length || !rule.ports?.length) report(policy, 'lets traffic out to everywhere, or to every port');
    for (const rule of spec.ingress ?? []) if (!rule.ports?.length) report(policy, 'lets traffic in to every port');
  }

  for (const manifest of manifests.filter(({ object }) => object.kind === 'Namespace')) {
    if (manifest.object.metadata.labels?.['pod-security.kubernetes.io/enforce'] !== 'restricted') report(manifest, 'does not enforce restricted pods');
  }
  for (const manifest of manifests.filter(({ object }) => ['Deployment', 'StatefulSet'].includes(object.kind) && object.spec.replicas > 1)) {
    const labels = podOf(manifest).metadata?.labels;
    if (!manifests.some(({ object }) => object.kind === 'PodDisruptionBudget' && selects(object.spec.selector, labels))) report(manifest, 'has no disruption budget');
    if (!podOf(manifest).spec.topologySpreadConstraints?.length) report(manifest, 'may stand on one node with all its replicas');
  }
  return problems;
}
