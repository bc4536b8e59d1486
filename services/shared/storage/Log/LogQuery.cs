using Causality.Core;

namespace Causality.Storage.Log;

/// <summary>What to read of the log.</summary>
public sealed record LogQuery
{
    /// <summary>Only entries after this one, in log order; null from the beginning. The cursor of paged reading.</summary>
    public EntryKey? After { get; init; }

    /// <summary>Smallest timestamp, included, in milliseconds since the Unix epoch. Default 0.</summary>
    public long FromTimestamp { get; init; }

    /// <summary>Greatest timestamp, included. Default: no limit.</summary>
    public long ToTimestamp { get; init; } = long.MaxValue;

    /// <summary>Also entries that lost a conflict. Default false.</summary>
    public bool AllVersions { get; init; }
}
