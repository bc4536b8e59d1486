namespace Causality.Storage.Database.Records;

/// <summary>Up to which attempt the work on a sync must stop: the fence that keeps a slow or forgotten worker from going on behind the saga's back.</summary>
public sealed class PlanFenceRecord
{
    /// <summary>The sync.</summary>
    public Guid SyncId { get; set; }

    /// <summary>Work of this attempt and of earlier ones must stop.</summary>
    public int StoppedAttempt { get; set; }
}
