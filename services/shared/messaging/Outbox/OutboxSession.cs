using Causality.Messaging.Delivery;
using Causality.Storage;
using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Causality.Messaging.Outbox;

/// <summary>The messages of one transaction: collects them, writes their rows, and hands them on once they are committed.</summary>
internal sealed class OutboxSession(CausalityDbContext database, OutboxDispatcher dispatcher, TimeProvider clock, TimeSpan grace)
{
    private readonly List<OutboxMessage> _rows = [];
    private readonly List<Guid> _cancelled = [];
    private readonly List<Action> _afterCommit = [];
    private readonly Lock _lock = new();

    /// <summary>See <see cref="OutboxMessage.OrderKey"/>.</summary>
    internal Guid? OrderKey { get; set; }

    /// <summary>True for a transactional consumer's or saga's session, false for a unit of work.</summary>
    internal bool IsConsumers { get; init; }

    internal CausalityDbContext Database => database;

    internal void Add<T>(SendContext<T> context) where T : class
    {
        var row = OutboxRows.Capture(context, clock.GetUtcNow());
        // A consumer may send in parallel.
        lock (_lock)
            _rows.Add(row);
    }

    internal void Cancel(Guid token)
    {
        lock (_lock)
        {
            _rows.RemoveAll(row => row.ScheduleToken == token);
            _cancelled.Add(token);
        }
    }

    /// <summary>Notes what is to be done once everything is committed.</summary>
    internal void AfterCommit(Action action)
    {
        lock (_lock)
            _afterCommit.Add(action);
    }

    /// <summary>Saves the context's changes with the rows, and commits.</summary>
    internal async Task CommitAsync(IDbContextTransaction transaction, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var direct = _rows.Where(row => row.ScheduleToken is null).ToList();
        // The place in the queue is taken before the commit: whoever commits next on this saga then stands behind us.
        using var place = direct.Count == 0 ? null : dispatcher.TryReserve(OrderKey, direct);
        foreach (var row in direct)
        {
            row.OrderKey = OrderKey;
            row.DueAt = (place is null ? now : now + grace).ToUnixTimeMilliseconds();
        }

        database.AddRange(_rows);
        await database.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        foreach (var token in _cancelled)
            await database.Set<OutboxMessage>().Where(row => row.ScheduleToken == token).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        Failpoint.Reach(IsConsumers ? Failpoints.ConsumerBeforeCommit : Failpoints.UnitBeforeCommit);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        Failpoint.Reach(IsConsumers ? Failpoints.ConsumerAfterCommit : Failpoints.UnitAfterCommit);
        place?.Release();
        _afterCommit.ForEach(action => action());
        if (_rows.Where(row => place is null || row.ScheduleToken is not null).Select(row => (long?)row.DueAt).Min() is { } due)
            dispatcher.WakeSweeper(due);
    }
}
