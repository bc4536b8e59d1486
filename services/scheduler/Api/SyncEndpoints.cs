using Causality.Contracts;
using Causality.Contracts.Http.Control;
using Causality.Protocol.Identity;
using Causality.Protocol.Server;
using Causality.Scheduler.Background;
using Causality.Scheduler.Peers;
using Causality.Scheduler.Syncs;
using Causality.ServiceDefaults.Control;
using Causality.Storage.Database;
using Microsoft.Extensions.Options;

namespace Causality.Scheduler.Api;

/// <summary>The control API's routes for syncs and for the schedule.</summary>
internal static class SyncEndpoints
{
    private const int MaxBodyBytes = 64 * 1024;

    public static void MapSyncs(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(ControlRoutes.Syncs, RequestAsync).NeedsRole(ControlPolicies.Operate);
        routes.MapGet(ControlRoutes.Syncs, (CausalityDbContext database, CancellationToken cancellationToken, string? peer = null, int limit = 100) => SyncHistory.ListAsync(database, peer, limit, cancellationToken)).NeedsRole(ControlPolicies.Read);
        routes.MapGet(ControlRoutes.Sync, ShowAsync).NeedsRole(ControlPolicies.Read);
        routes.MapPost(ControlRoutes.CancelSync, CancelAsync).NeedsRole(ControlPolicies.Operate);
        routes.MapGet(ControlRoutes.Status, StatusAsync).NeedsRole(ControlPolicies.Read);
        routes.MapPost(ControlRoutes.StopSchedule, (SchedulerSwitch scheduler, CancellationToken cancellationToken) => SwitchAsync(scheduler, false, cancellationToken)).NeedsRole(ControlPolicies.Operate);
        routes.MapPost(ControlRoutes.StartSchedule, (SchedulerSwitch scheduler, CancellationToken cancellationToken) => SwitchAsync(scheduler, true, cancellationToken)).NeedsRole(ControlPolicies.Operate);
    }

    private static async Task<IResult> RequestAsync(HttpContext context, SyncRequests requests)
    {
        var request = await RequestBody.ReadJsonAsync<SyncRequest>(context, MaxBodyBytes);
        var admitted = await requests.RequestAsync(
            new SyncRequested { PeerId = request.PeerId, SyncId = request.SyncId, RequestedBy = request.RequestedBy ?? "control-api", Overrides = request.Overrides }, context.RequestAborted);
        if (admitted is [{ Outcome: AdmissionOutcome.Rejected } rejected])
            throw ControlProblems.Rejected(rejected);
        return Results.Json(admitted.Select(ToTicket).ToList(), statusCode: StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> ShowAsync(Guid syncId, CausalityDbContext database, CancellationToken cancellationToken) =>
        await SyncHistory.FindAsync(database, syncId, cancellationToken) is { } sync ? Results.Ok(sync) : throw ControlProblems.UnknownSync(syncId);

    private static async Task<IResult> CancelAsync(Guid syncId, SyncRequests requests, CausalityDbContext database, CancellationToken cancellationToken)
    {
        if (await SyncHistory.FindAsync(database, syncId, cancellationToken) is null)
            throw ControlProblems.UnknownSync(syncId);
        await requests.CancelAsync(syncId, "Cancelled by the control API.", cancellationToken);
        return Results.Accepted();
    }

    private static async Task<SchedulerStatus> StatusAsync(CausalityDbContext database, IOptions<OperatorOptions> self, CancellationToken cancellationToken) => new()
    {
        OperatorId = self.Value.Id,
        ScheduleRunning = await SchedulerSwitch.IsRunningAsync(database, cancellationToken),
        Peers = await PeerCatalog.ListAsync(database, cancellationToken),
        Running = await SyncHistory.ListRunningAsync(database, cancellationToken),
    };

    private static async Task<IResult> SwitchAsync(SchedulerSwitch scheduler, bool run, CancellationToken cancellationToken)
    {
        await scheduler.SetAsync(run, cancellationToken);
        return Results.NoContent();
    }

    private static SyncTicket ToTicket(AdmittedSync sync) => new()
    {
        SyncId = sync.SyncId,
        PeerId = sync.PeerId,
        Outcome = sync.Outcome switch { AdmissionOutcome.Begun => "begun", AdmissionOutcome.Waiting => "waiting", _ => "rejected" },
        Reason = sync.Reason,
        Detail = sync.Detail,
    };
}
