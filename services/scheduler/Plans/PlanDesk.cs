using Causality.Contracts;
using Causality.Contracts.Http.Control;
using Causality.Messaging;
using Causality.Scheduler.Data;
using Causality.Scheduler.Options;
using Causality.Scheduler.Syncs;
using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Causality.Scheduler.Plans;

/// <summary>Takes the questions what a sync would do, and why logs are not equal.</summary>
/// <remarks>Both are one comparison by the differ, under an id that is no sync's. An explanation looks both ways whatever the mode of the syncs is: logs are equal only when neither lacks anything.</remarks>
public sealed class PlanDesk(ITransactionalOutbox outbox, IOptions<SyncOptions> options, TimeProvider time)
{
    /// <summary>How long a plan is kept.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);

    /// <summary>Most plans kept at a time.</summary>
    public const int MostKept = 1_000;

    /// <summary>Asks the differ; one that is being worked out for the same question answers this one too.</summary>
    /// <param name="peerId">The peer.</param>
    /// <param name="kind">One of <see cref="PlanKinds"/>.</param>
    /// <param name="overrides">Settings that differ from the peer's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SyncRejectedException">No such peer, or too many plans.</exception>
    public async Task<Guid> AskAsync(string peerId, string kind, SyncOverrides? overrides, CancellationToken cancellationToken)
    {
        if (SyncSettingsMerge.FindFault(overrides) is { } fault)
            throw new SyncRejectedException(SyncReasons.InvalidRequest, fault);

        await using var unit = await outbox.BeginAsync(cancellationToken);
        var peer = await unit.Database.Set<PeerRecord>().AsNoTracking().FirstOrDefaultAsync(known => known.Id == peerId, cancellationToken)
            ?? throw new SyncRejectedException(SyncReasons.UnknownPeer, $"No peer '{Core.Printable.Shorten(peerId)}' is known here; add it with its address and pin.");
        var (now, plans) = (time.GetUtcNow(), unit.Database.Set<PlanRecord>());
        var settings = SyncSettingsMerge.Merge(options.Value, peer.OverridesOf(), overrides);
        var (nowMs, json) = (now.ToUnixTimeMilliseconds(), SyncJson.Write(settings));
        var running = await plans.AsNoTracking().FirstOrDefaultAsync(
            plan => plan.PeerId == peerId && plan.Kind == kind && plan.Settings == json && plan.Figures == null && plan.Reason == null && plan.DeadlineAt > nowMs, cancellationToken);
        if (running is not null)
            return running.PlanId;
        if (await plans.CountAsync(cancellationToken) >= MostKept)
            throw new SyncRejectedException(SyncReasons.PeerOverloaded, $"{MostKept} plans of the last hour are kept, which is the most; look at one of them, or ask again later.");

        var record = new PlanRecord { PlanId = Guid.NewGuid(), PeerId = peerId, Kind = kind, Settings = json, RequestedAt = nowMs, DeadlineAt = nowMs + (long)options.Value.PlanTimeout.TotalMilliseconds };
        plans.Add(record);
        unit.Publish(new PlanSync
        {
            PlanId = record.PlanId,
            Peer = peer.EndpointOf(),
            Settings = kind == PlanKinds.Explanation ? settings with { Mode = SyncMode.Both, UseDifferentialSync = true } : settings,
            CountConflicts = kind == PlanKinds.Plan,
            Deadline = DateTimeOffset.FromUnixTimeMilliseconds(record.DeadlineAt),
        });
        await unit.CommitAsync(cancellationToken);
        return record.PlanId;
    }

    /// <summary>Forgets old plans with their segments.</summary>
    /// <param name="database">In a write transaction.</param>
    /// <param name="before">Milliseconds since the Unix epoch.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal static async Task ForgetAsync(CausalityDbContext database, long before, CancellationToken cancellationToken)
    {
        var old = await database.Set<PlanRecord>().Where(plan => plan.RequestedAt < before).Select(plan => plan.PlanId).ToListAsync(cancellationToken);
        if (old.Count == 0)
            return;
        await database.Set<PlanSegmentRecord>().Where(row => old.Contains(row.SyncId)).ExecuteDeleteAsync(cancellationToken);
        await database.Set<PlanRecord>().Where(plan => old.Contains(plan.PlanId)).ExecuteDeleteAsync(cancellationToken);
    }
}
