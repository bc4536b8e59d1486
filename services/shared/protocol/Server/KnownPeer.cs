using Causality.Core;

namespace Causality.Protocol.Server;

/// <summary>A peer that may come in.</summary>
/// <param name="Id">Its operator id.</param>
/// <param name="Permissions">What it may do.</param>
/// <param name="Scope">Which part of the log it may see and add to; null for the whole log.</param>
public sealed record KnownPeer(OperatorId Id, PeerPermissions Permissions = PeerPermissions.Read | PeerPermissions.Resolve, SegmentScope? Scope = null);
