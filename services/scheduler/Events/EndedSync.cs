using Causality.Contracts;
using Causality.Scheduler.Syncs;

namespace Causality.Scheduler.Events;

/// <summary>Tells the events that end a sync from the others.</summary>
public static class EndedSync
{
    /// <summary>The result that the event carries, or null when it does not end a sync.</summary>
    public static SyncResult? ResultOf(PublicEvent published) => published.EventType switch
    {
        nameof(SyncCompleted) => SyncJson.Read<SyncCompleted>(published.Body).Result,
        nameof(SyncSkipped) => SyncJson.Read<SyncSkipped>(published.Body).Result,
        nameof(SyncFailed) => SyncJson.Read<SyncFailed>(published.Body).Result,
        nameof(SyncCancelled) => SyncJson.Read<SyncCancelled>(published.Body).Result,
        _ => null,
    };

    /// <summary>What the event says of a sync that was waiting and can no longer begin; null for any other event, and where the sync has been or is being done.</summary>
    public static SyncRejected? RefusalOf(PublicEvent published) =>
        published.EventType == nameof(SyncRejected) && SyncJson.Read<SyncRejected>(published.Body) is { Reason: not SyncReasons.AlreadyRequested and not SyncReasons.Coalesced } refused ? refused : null;
}
