namespace Causality.Scheduler.Syncs;

/// <summary>Publishes as part of the transaction that is open: from a consumer by its context, elsewhere by a unit of work.</summary>
public interface ITransactionalPublisher
{
    /// <summary>Publishes once the transaction has committed.</summary>
    Task PublishAsync<T>(T message) where T : class;
}
