using MassTransit;

namespace Causality.Messaging;

/// <summary>How much one endpoint takes on at a time. Configuration section <c>Bus:Endpoints:QUEUE</c>.</summary>
public sealed class EndpointLimits
{
    /// <summary>Messages that the broker sends ahead.</summary>
    /// <value>1 to 65535; null for the endpoint's own default.</value>
    public int? Prefetch { get; set; }

    /// <summary>Messages that the endpoint works on at a time.</summary>
    /// <value>1 to 1024; null for the endpoint's own default.</value>
    public int? Concurrency { get; set; }

    /// <summary>Sets what is set.</summary>
    internal void Apply(IReceiveEndpointConfigurator endpoint)
    {
        if (Prefetch is { } prefetch)
            endpoint.PrefetchCount = prefetch;
        if (Concurrency is { } concurrency)
            endpoint.ConcurrentMessageLimit = concurrency;
    }
}
