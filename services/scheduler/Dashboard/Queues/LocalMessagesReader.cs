using Causality.Storage;
using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Causality.Scheduler.Dashboard.Queues;

/// <summary>Counts the outbox and the inbox of this process, each within a bound.</summary>
internal sealed class LocalMessagesReader(IDbContextFactory<CausalityDbContext> databases, IOptions<StorageOptions> storage, TimeProvider time)
{
    private const int Most = 10_000;

    public async Task<LocalMessages> ReadAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var outbox = database.Set<OutboxMessage>().AsNoTracking();
        var oldest = await outbox.Where(message => message.DueAt <= now).OrderBy(message => message.DueAt).Select(message => (long?)message.DueAt).FirstOrDefaultAsync(cancellationToken);
        return new LocalMessages
        {
            Service = storage.Value.ServiceName,
            Due = await outbox.Where(message => message.DueAt <= now).Select(message => message.Sequence).Take(Most).CountAsync(cancellationToken),
            OldestDue = oldest is { } due ? DateTimeOffset.FromUnixTimeMilliseconds(due) : null,
            Later = await outbox.Where(message => message.DueAt > now).Select(message => message.Sequence).Take(Most).CountAsync(cancellationToken),
            Failed = await outbox.Where(message => message.Attempts > 0).Select(message => message.Sequence).Take(Most).CountAsync(cancellationToken),
            HandledLastMinute = await database.Set<InboxMessage>().AsNoTracking().Where(message => message.ReceivedAt > now - 60_000).Select(message => message.MessageId).Take(Most).CountAsync(cancellationToken),
        };
    }
}
