using Causality.Core;

namespace Causality.Protocol.Server;

/// <summary>A peer that may come in.</summary>
/// <param name="Id">Its operator id.</param>
public sealed record KnownPeer(OperatorId Id);
