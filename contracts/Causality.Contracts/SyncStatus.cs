using System.Text.Json.Serialization;

namespace Causality.Contracts;

/// <summary>How a sync stands. Seed: "SyncStatus".</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SyncStatus>))]
public enum SyncStatus
{
    /// <summary>Accepted and not ended.</summary>
    InProgress,

    /// <summary>Ended well.</summary>
    Completed,

    /// <summary>Ended well with nothing to do.</summary>
    Skipped,

    /// <summary>Ended badly.</summary>
    Failed,

    /// <summary>Ended on request.</summary>
    Cancelled,
}
