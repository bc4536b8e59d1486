namespace Causality.Messaging;

/// <summary>Commits database changes and messages together, outside a consumer's own transaction: for HTTP handlers, jobs and long-running consumers.</summary>
/// <remarks>
/// A singleton. Not for use inside a transactional consumer or saga: those have a unit already, and a second one would wait for the first
/// where writers take turns (SQLite).
/// </remarks>
public interface ITransactionalOutbox
{
    /// <summary>Opens a unit of work with a database context and a write transaction of its own.</summary>
    /// <param name="cancellationToken">Gives up waiting for the transaction.</param>
    /// <param name="orderKey">Messages of one key leave this process in the order of their commits; null for a key of the unit's own.</param>
    /// <returns>The unit; disposing it without a commit undoes everything and sends nothing.</returns>
    /// <exception cref="InvalidOperationException">The caller is inside a transactional consumer: use its database context and consume context instead.</exception>
    Task<IOutboxUnit> BeginAsync(CancellationToken cancellationToken, Guid? orderKey = null);
}
