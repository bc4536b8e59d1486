using Causality.Messaging.Database;
using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using Microsoft.EntityFrameworkCore;

namespace Causality.Messaging.Transactions;

/// <summary>The consumers' memory.</summary>
internal sealed class Inbox(TimeProvider clock)
{
    /// <summary>Notes a message within the running transaction.</summary>
    /// <returns>False if the consumer has dealt with it. A duplicate that comes meanwhile waits for this transaction to end.</returns>
    internal async Task<bool> TryEnterAsync(CausalityDbContext database, Guid messageId, string consumer, CancellationToken cancellationToken)
    {
        var inbox = TableShape.Of<InboxMessage>(database);
        // Only names of the model are put into the text; the values are parameters.
        var insert = $"INSERT INTO {inbox.Table} ({inbox[nameof(InboxMessage.MessageId)]}, {inbox[nameof(InboxMessage.Consumer)]}, "
            + $"{inbox[nameof(InboxMessage.ReceivedAt)]}) VALUES ({{0}}, {{1}}, {{2}}) ON CONFLICT DO NOTHING";
        object[] values = [messageId, consumer, clock.GetUtcNow().ToUnixTimeMilliseconds()];
        return await database.Database.ExecuteSqlRawAsync(insert, values, cancellationToken).ConfigureAwait(false) == 1;
    }
}
