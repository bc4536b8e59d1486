namespace Causality.Storage.Database;

/// <summary>The saga has given an attempt up (it was cancelled, paused, timed out): its work ends without an answer. Not worth a retry.</summary>
/// <param name="syncId">The sync.</param>
/// <param name="attempt">The attempt.</param>
public sealed class AttemptStoppedException(Guid syncId, int attempt) : Exception($"Attempt {attempt} of sync {syncId} has been stopped.")
{
    /// <summary>The sync.</summary>
    public Guid SyncId { get; } = syncId;

    /// <summary>The attempt.</summary>
    public int Attempt { get; } = attempt;
}
