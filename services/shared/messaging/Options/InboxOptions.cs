namespace Causality.Messaging;

/// <summary>How long a consumer remembers messages. Configuration section <c>Bus:Inbox</c>.</summary>
public sealed class InboxOptions
{
    /// <summary>A message that comes again within this time has no second effect.</summary>
    /// <value>Default 7 days; at least an hour. It must exceed the longest outage that a broker queue may outlive.</value>
    public TimeSpan Window { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How often older rows are deleted.</summary>
    /// <value>Default 1 hour.</value>
    public TimeSpan PurgeInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Rows that one transaction of the purge deletes, give or take those of one millisecond.</summary>
    /// <value>1 to 100000, default 1000.</value>
    public int PurgeBatchSize { get; set; } = 1000;
}
