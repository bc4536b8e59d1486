using Causality.Storage.Database.Records;
using Microsoft.EntityFrameworkCore;

namespace Causality.Storage.Database.EntityConfigurations;

/// <summary>The service's own messages: <c>&lt;service&gt;.inbox</c> and <c>&lt;service&gt;.outbox</c>.</summary>
internal sealed class BusTables : IEntityTables
{
    /// <inheritdoc/>
    public void Map(ModelBuilder model, TableNames names)
    {
        model.Entity<InboxMessage>(entity =>
        {
            names.Table(entity, names.Service, "inbox");
            entity.HasKey(x => new { x.MessageId, x.Consumer });
            entity.Property(x => x.MessageId).HasColumnName("message_id").HasComment("The message");
            entity.Property(x => x.Consumer).HasColumnName("consumer").HasComment("The consumer, by a stable name");
            entity.Property(x => x.ReceivedAt).HasColumnName("received_at").HasComment("ms since the Unix epoch; rows are purged past the window");
        });
        model.Entity<OutboxMessage>(entity =>
        {
            names.Table(entity, names.Service, "outbox");
            entity.HasKey(x => x.Sequence);
            entity.Property(x => x.Sequence).HasColumnName("sequence").ValueGeneratedOnAdd().HasComment("Order of writing");
            entity.Property(x => x.MessageId).HasColumnName("message_id").HasComment("The same however often it is sent");
            entity.Property(x => x.Destination).HasColumnName("destination").HasComment("Address to send to");
            entity.Property(x => x.ContentType).HasColumnName("content_type").HasComment("Media type of the body");
            entity.Property(x => x.MessageTypes).HasColumnName("message_types").HasComment("Message type URNs, separated by semicolons");
            entity.Property(x => x.Body).HasColumnName("body").HasComment("The serialized message, sent as it is");
            entity.Property(x => x.Properties).HasColumnName("properties").HasComment("Headers and identifiers, JSON");
            entity.Property(x => x.DueAt).HasColumnName("due_at").HasComment("Not before, ms since the Unix epoch: grace, back-off or timer");
            entity.Property(x => x.ScheduleToken).HasColumnName("schedule_token").HasComment("Token of a timer that can be cancelled");
            entity.Property(x => x.OrderKey).HasColumnName("order_key").HasComment("Messages of one key are sent in order of sequence");
            entity.Property(x => x.Attempts).HasColumnName("attempts").HasComment("Failed attempts to send");
        });
    }
}
