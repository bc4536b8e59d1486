using Causality.Contracts;
using Causality.Messaging;

namespace Causality.Scheduler.Syncs;

/// <summary>Requests and cancels syncs for callers in this process: the control API and the embedded <c>SyncManager</c>.</summary>
public sealed class SyncRequests(RequestDesk desk, ITransactionalOutbox outbox)
{
    /// <summary>Admits a request at once, so that the caller learns what became of it.</summary>
    /// <returns>One element per peer that the request covers; empty when it names none and there is no enabled peer.</returns>
    public Task<IReadOnlyList<AdmittedSync>> RequestAsync(SyncRequested request, CancellationToken cancellationToken = default) =>
        desk.AdmitAsync(request, Guid.NewGuid(), cancellationToken);

    /// <summary>Asks a sync to end; one that has ended already is left as it is.</summary>
    public async Task CancelAsync(Guid syncId, string? reason, CancellationToken cancellationToken = default)
    {
        await using var unit = await outbox.BeginAsync(cancellationToken);
        unit.Publish(new CancelSync { SyncId = syncId, Reason = reason });
        await unit.CommitAsync(cancellationToken);
    }
}
