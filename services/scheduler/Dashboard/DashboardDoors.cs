namespace Causality.Scheduler.Dashboard;

/// <summary>The two ways in: to look, and to act.</summary>
/// <param name="Read">Routes of pages.</param>
/// <param name="Operate">Routes of forms.</param>
internal sealed record DashboardDoors(IEndpointRouteBuilder Read, IEndpointRouteBuilder Operate);
