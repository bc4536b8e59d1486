namespace Causality.Protocol.Server;

/// <summary>Metadata of a route on the peers' door: what a peer must be allowed to use it. A route there without it answers nobody.</summary>
/// <param name="Permission">One permission.</param>
public sealed record RequiredPermission(PeerPermissions Permission);
