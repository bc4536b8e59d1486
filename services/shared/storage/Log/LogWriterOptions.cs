namespace Causality.Storage.Log;

/// <summary>How a process appends to the log. Configuration section <c>LogWriter</c>.</summary>
public sealed class LogWriterOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "LogWriter";

    /// <summary>The operator that writes: the origin and the beginning of the name of every new segment.</summary>
    /// <value>Required; an operator id.</value>
    public string Operator { get; set; } = "";

    /// <summary>How long an acknowledged entry waits for others before it becomes visible to synchronization.</summary>
    /// <value>Default 1 s; 0 to 1 h. Under steady load ten times the duration of the latest publishing, if that is longer.</value>
    public TimeSpan PublishDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How old a blob must be that no row points at before it is removed. Another process may be about to commit the row.</summary>
    /// <value>Default 1 h; at least 1 min.</value>
    public TimeSpan OrphanGrace { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long the earlier contents of a growing segment stay readable for those who are just reading them.</summary>
    /// <value>Default 1 min; at least 1 s.</value>
    public TimeSpan SupersededGrace { get; set; } = TimeSpan.FromMinutes(1);
}
