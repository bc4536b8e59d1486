using Causality.Core;

namespace Causality.Protocol.Server;

/// <summary>How fast what this operator serves may go to each peer. Optional: without one registered it goes as fast as the peer reads.</summary>
public interface IServingPaces
{
    /// <summary>The pace of a peer, one for all of its connections; null for a peer that has none.</summary>
    ITransferPace? Of(OperatorId peer);
}
