using Causality.Messaging.Outbox;

namespace Causality.Messaging.Transactions;

/// <summary>The session of the message that the scope belongs to; scoped.</summary>
internal sealed class CurrentSession : IAfterCommit
{
    /// <summary>Null in a scope without a transactional consumer.</summary>
    internal OutboxSession? Value { get; set; }

    public void Do(Action action)
    {
        if (Value is { } session)
            session.AfterCommit(action);
        else
            action();
    }
}
