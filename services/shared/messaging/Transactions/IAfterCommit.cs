namespace Causality.Messaging.Transactions;

/// <summary>What a transactional consumer wants done once its transaction is committed, such as counting; scoped.</summary>
/// <remarks>Nothing is done when the transaction is rolled back. A crash between commit and action loses the action: never put an effect here.</remarks>
public interface IAfterCommit
{
    /// <summary>Does <paramref name="action"/> after the commit; at once when there is no transactional consumer around it.</summary>
    void Do(Action action);
}
