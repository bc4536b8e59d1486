using Microsoft.AspNetCore.Builder;

namespace Causality.Protocol.Server.Listeners;

/// <summary>Says at which door a route answers.</summary>
public static class ListenerEndpointExtensions
{
    /// <summary>The route answers at <paramref name="kind"/> only; at the other door it does not exist.</summary>
    public static TBuilder OnListener<TBuilder>(this TBuilder builder, ListenerKind kind) where TBuilder : IEndpointConventionBuilder
    {
        builder.Add(endpoint => endpoint.Metadata.Add(new ListenerMetadata(kind)));
        return builder;
    }
}
