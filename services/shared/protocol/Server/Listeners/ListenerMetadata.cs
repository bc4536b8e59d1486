namespace Causality.Protocol.Server.Listeners;

/// <summary>Metadata of an endpoint: the door that it answers at. Endpoints without it answer at <see cref="ListenerKind.Application"/>.</summary>
/// <param name="Kind">The door.</param>
public sealed record ListenerMetadata(ListenerKind Kind);
