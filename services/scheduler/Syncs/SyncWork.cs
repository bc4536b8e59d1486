using Causality.Contracts;
using Causality.Scheduler.StateMachines;

namespace Causality.Scheduler.Syncs;

/// <summary>What a sync still has to do and what it leaves out, as its row keeps them.</summary>
internal static class SyncWork
{
    /// <summary>What is not done yet; null before the first comparison has ended.</summary>
    public static RemainingWork? RemainingOf(this SyncState sync) => sync is { SegmentsRemaining: { } segments, EntriesRemaining: { } entries, BytesRemaining: { } bytes }
        ? new RemainingWork { Segments = segments, Entries = entries, Bytes = bytes }
        : null;

    /// <summary>Keeps what is not done yet.</summary>
    /// <param name="sync">The sync.</param>
    /// <param name="remaining">Null, from a step that does not know, changes nothing.</param>
    public static void SetRemaining(this SyncState sync, RemainingWork? remaining)
    {
        if (remaining is not null)
            (sync.SegmentsRemaining, sync.EntriesRemaining, sync.BytesRemaining) = (remaining.Segments, remaining.Entries, remaining.Bytes);
    }

    /// <summary>What it leaves out; null for nothing.</summary>
    public static SyncLeftOut? LeftOutOf(this SyncState sync) => sync.LeftOut is { } kept ? SyncJson.Read<SyncLeftOut>(kept) : null;

    /// <summary>Keeps what it leaves out.</summary>
    public static void SetLeftOut(this SyncState sync, SyncLeftOut? leftOut) => sync.LeftOut = leftOut is null ? null : SyncJson.Write(leftOut);
}
