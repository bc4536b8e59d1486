using Causality.Protocol.Server.Listeners;
using Causality.Scheduler.Dashboard.Assets;
using Causality.Scheduler.Dashboard.Conflicts;
using Causality.Scheduler.Dashboard.Overview;
using Causality.Scheduler.Dashboard.Peers;
using Causality.Scheduler.Dashboard.Queues;
using Causality.Scheduler.Dashboard.Rendering;
using Causality.Scheduler.Dashboard.Session;
using Causality.Scheduler.Dashboard.Syncs;
using Causality.Scheduler.Dashboard.Throughput;
using Causality.ServiceDefaults.Control;
using Causality.ServiceDefaults.Control.Authorization;
using Causality.Storage;
using Microsoft.Extensions.Options;

namespace Causality.Scheduler.Dashboard;

/// <summary>The dashboard as a part of the scheduler.</summary>
internal static class DashboardModule
{
    public static IServiceCollection AddDashboard(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DashboardOptions>().Bind(configuration.GetSection(DashboardOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DashboardOptions>, DashboardOptionsValidator>();
        services.AddPlanTables();
        services.AddSingleton<Viewer>();
        services.AddSingleton<OverviewReader>();
        services.AddSingleton<AlarmReader>();
        services.AddSingleton<BrokerReader>();
        services.AddSingleton<LocalMessagesReader>();
        services.AddSingleton<QueueReader>();
        services.AddSingleton<FigureReader>();
        services.AddSingleton<ConflictAddress>();
        services.AddSingleton<ConflictClient>();
        services.AddSingleton<BulkDecisions>();
        return services;
    }

    public static void MapDashboard(this IEndpointRouteBuilder routes)
    {
        routes.MapSignIn();
        routes.MapAssets().AllowAnonymous().OnListener(ListenerKind.Control);
        routes.MapGet("/", () => Redirects.To(DashboardRoutes.Root)).AllowAnonymous().OnListener(ListenerKind.Control);

        var pages = routes.MapGroup("").WithMetadata(new BrowserPage(Refusals.AnswerAsync)).AddEndpointFilter<ProblemPages>();
        var doors = new DashboardDoors(pages.MapGroup("").NeedsRole(ControlPolicies.Read), pages.MapGroup("").NeedsRole(ControlPolicies.Operate));
        doors.MapOverview();
        doors.MapPeerPages();
        doors.MapPeerForm();
        doors.MapSyncPages();
        doors.MapQueuePages();
        doors.MapFigurePages();
        doors.MapConflictPages();
    }
}
