using Causality.Core;

namespace Causality.Protocol.Server;

/// <summary>A peer that may come in.</summary>
/// <param name="Id">Its operator id.</param>
/// <param name="Permissions">What it may do.</param>
public sealed record KnownPeer(OperatorId Id, PeerPermissions Permissions = PeerPermissions.Read | PeerPermissions.Resolve);
