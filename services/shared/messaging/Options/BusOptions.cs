namespace Causality.Messaging;

/// <summary>How the process takes part in the bus. Configuration section <c>Bus</c>.</summary>
public sealed class BusOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Bus";

    /// <summary>What carries the messages.</summary>
    /// <value>Default <see cref="BusTransport.InMemory"/>.</value>
    public BusTransport Transport { get; set; } = BusTransport.InMemory;

    /// <summary>The broker: <c>amqp://user:password@host:port/virtual-host</c>, or <c>amqps://</c> for TLS. Holds a secret: never log it.</summary>
    /// <value>Required for <see cref="BusTransport.RabbitMq"/>, else ignored. User and password default to <c>guest</c>, the virtual host to <c>/</c>.</value>
    public string? Uri { get; set; }

    /// <summary>Messages that the broker sends ahead to each endpoint.</summary>
    /// <value>1 to 65535, default 32; an endpoint's definition may say otherwise.</value>
    public int Prefetch { get; set; } = 32;

    /// <summary>Messages that each endpoint works on at a time.</summary>
    /// <value>1 to 1024, default 8; more than <see cref="Prefetch"/> is never reached; an endpoint's definition may say otherwise.</value>
    public int Concurrency { get; set; } = 8;

    /// <summary>Attempts after the first while the database is away; with the delays below the default is about nine minutes.</summary>
    /// <value>Default 60; 0 to 10,000.</value>
    public int OutageRetryLimit { get; set; } = 60;

    /// <summary>Limits of single endpoints, by queue name such as <c>sync-requested</c>; they win over everything else. Environment: <c>Bus__Endpoints__sync-requested__Concurrency</c>.</summary>
    /// <value>Default: none.</value>
    public IDictionary<string, EndpointLimits> Endpoints { get; } = new Dictionary<string, EndpointLimits>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Retries before a message goes to the endpoint's <c>_error</c> queue.</summary>
    /// <value>0 to 20, default 5.</value>
    public int RetryLimit { get; set; } = 5;

    /// <summary>Wait before the first retry; doubles each time, give or take a fifth.</summary>
    /// <value>Default 200 ms; at most <see cref="RetryDelayLimit"/>.</value>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest wait between two retries.</summary>
    /// <value>Default 10 s, at most 5 minutes: a waiting message holds one of the endpoint's <see cref="Concurrency"/> places.</value>
    public TimeSpan RetryDelayLimit { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the broker hands out a message again that was never acknowledged, before it moves it to the endpoint's <c>_error</c> queue as one that kills its consumer.</summary>
    /// <value>1 to 1000, default 20. RabbitMQ only.</value>
    public int DeliveryLimit { get; set; } = 20;

    /// <summary>Exceptions that no retry can mend, subclasses included: the message goes to <c>_error</c> at once. Add a service's own here.</summary>
    /// <value>Default: the domain's errors about content that will not change. Exceptions that are <see cref="IPermanentFailure"/> need no mention.</value>
    public IList<Type> PermanentFailures { get; } = [.. DomainFailures.Permanent];

    /// <summary>Delivery of the outbox.</summary>
    public OutboxOptions Outbox { get; set; } = new();

    /// <summary>Memory of the inbox.</summary>
    public InboxOptions Inbox { get; set; } = new();
}
