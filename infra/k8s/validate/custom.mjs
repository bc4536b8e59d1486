// The kinds of RabbitMQ's operator and of KEDA. Their schemas come with their operators, not with a package, so this knows the
// fields that we use: each must be there, of this type, and no other may be.
const text = (value) => typeof value === 'string' && value.length > 0;
const count = (value) => Number.isInteger(value) && value >= 0;
const anything = () => true;
const list = (shape) => (value) => Array.isArray(value) && value.length > 0 && value.map((item) => faults(shape, item)).flat();
const only = (...values) => (value) => values.includes(value);

const shapes = {
  'rabbitmq.com/v1beta1 RabbitmqCluster': {
    replicas: count, image: text, terminationGracePeriodSeconds: count,
    persistence: { storage: text },
    resources: { requests: anything, limits: anything },
    rabbitmq: { additionalConfig: text },
    override: { statefulSet: anything },
  },
  'keda.sh/v1alpha1 TriggerAuthentication': { secretTargetRef: list({ parameter: text, name: text, key: text }) },
  'keda.sh/v1alpha1 ScaledObject': {
    scaleTargetRef: { kind: only('Deployment', 'StatefulSet'), name: text },
    minReplicaCount: count, maxReplicaCount: count, pollingInterval: count, cooldownPeriod: count,
    fallback: { failureThreshold: count, replicas: count },
    triggers: list({
      type: only('rabbitmq'),
      metadata: { protocol: only('amqp', 'http'), queueName: text, mode: only('QueueLength', 'MessageRate'), value: text },
      authenticationRef: { name: text },
    }),
  },
};

export const isCustom = ({ object }) => `${object.apiVersion} ${object.kind}` in shapes;

export const checkCustom = (manifests) => manifests.filter(isCustom).flatMap((manifest) =>
  faults(shapes[`${manifest.object.apiVersion} ${manifest.object.kind}`], manifest.object.spec, 'spec')
    .map((message) => ({ ...manifest, message: `${manifest.id}: ${message}` })));

function faults(shape, value, where = '') {
  if (typeof value !== 'object' || value === null) return [`${where} is missing`];
  const unknown = Object.keys(value).filter((name) => !(name in shape)).map((name) => `${where}.${name} is no field that we know`);
  const wrong = Object.entries(shape).flatMap(([name, check]) => {
    const place = `${where}.${name}`;
    if (typeof check === 'object') return faults(check, value[name], place);
    const result = check(value[name]);
    if (Array.isArray(result)) return result.map((message) => `${place}${message}`);
    return result ? [] : [`${place} is ${JSON.stringify(value[name])}`];
  });
  return [...unknown, ...wrong];
}
