using Causality.Messaging.Outbox;

namespace Causality.Messaging.Transactions;

/// <summary>A consume context whose messages are kept.</summary>
internal interface ICapturingContext
{
    /// <summary>What keeps them.</summary>
    OutboxSession Session { get; }
}
