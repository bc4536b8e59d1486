using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Causality.Messaging;

/// <summary>Limits that a consumer's definition gives its endpoint.</summary>
public static class EndpointLimitsExtensions
{
    /// <summary>Says how much the endpoint of a consumer takes on at a time, unless <see cref="BusOptions.Endpoints"/> says otherwise.</summary>
    /// <typeparam name="TConsumer">The consumer; its endpoint has the name that it gives by convention.</typeparam>
    /// <param name="endpoint">The endpoint that the definition configures.</param>
    /// <param name="context">What the definition was given.</param>
    /// <param name="prefetch">Messages that the broker sends ahead; not less than <paramref name="concurrency"/>, or that is never reached.</param>
    /// <param name="concurrency">Messages that the endpoint works on at a time.</param>
    /// <remarks>A definition's own <c>ConcurrentMessageLimit</c> only narrows what the endpoint takes on, so it cannot raise <see cref="BusOptions.Concurrency"/>.</remarks>
    public static void LimitTo<TConsumer>(this IReceiveEndpointConfigurator endpoint, IRegistrationContext context, int prefetch, int concurrency) where TConsumer : class, IConsumer
    {
        var name = context.GetRequiredService<IEndpointNameFormatter>().Consumer<TConsumer>();
        new EndpointLimits { Prefetch = prefetch, Concurrency = concurrency }.Apply(endpoint);
        context.GetRequiredService<IOptions<BusOptions>>().Value.LimitsOf(name)?.Apply(endpoint);
    }

    /// <summary>What the settings say of an endpoint, or null.</summary>
    internal static EndpointLimits? LimitsOf(this BusOptions options, string endpoint) => options.Endpoints.TryGetValue(endpoint, out var limits) ? limits : null;
}
