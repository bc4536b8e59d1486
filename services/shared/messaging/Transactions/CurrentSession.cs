using Causality.Messaging.Outbox;

namespace Causality.Messaging.Transactions;

/// <summary>The session of the message that the scope belongs to; scoped.</summary>
internal sealed class CurrentSession
{
    /// <summary>Null in a scope without a transactional consumer.</summary>
    internal OutboxSession? Value { get; set; }
}
