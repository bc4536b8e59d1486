using Causality.Protocol.Server.Listeners;
using Causality.Security.Tests.Hosting;
using Causality.ServiceDefaults;
using Causality.ServiceDefaults.Control;
using Causality.Storage;
using Causality.TestKit.Operators;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.Security.Tests.Control;

/// <summary>All routes of all services, as the embedded form maps them in one process.</summary>
public sealed class Every_route
{
    /// <summary>Open to everybody, and why: an orchestrator, a load balancer and a collector of metrics have no token; who has none yet begins a session; who has none any more ends it; the page for signing in, its style, and the way to it hold nothing of the operator, nor does the document of the API.</summary>
    private static readonly string[] ForEverybody = ["GET /health/live", "GET /health/ready", "GET /metrics", "HEAD /metrics", "POST /v1/session", "DELETE /v1/session", "POST /v1/session/end",
        "GET /", "GET /openapi/control.yaml", "GET /dashboard/login", "GET /dashboard/assets/{version}/{name}"];

    /// <summary>Safe methods that tell more than the state of the operator, and pages whose only content is a form to act.</summary>
    private static readonly string[] ForOperatorsOnly = ["GET /dashboard/new-peer", "GET /dashboard/peers/{peerId}/remove", "GET /v1/tokens"];

    /// <summary>Unsafe methods that change nothing, which a reader may use.</summary>
    private static readonly string[] ForReadersToo = [];

    [Fact]
    public async Task Should_declare_who_may_use_it()
    {
        await using var guarded = await Guarded.StartAsync();
        var faults = new List<string>();
        var count = 0;
        foreach (var endpoint in guarded.Operator.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<ListenerMetadata>()?.Kind == ListenerKind.Peer)
                continue;
            foreach (var method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                count++;
                if (FaultOf($"{method} {endpoint.RoutePattern.RawText}", method, endpoint) is { } fault)
                    faults.Add(fault);
            }
        }

        faults.ShouldBeEmpty();
        count.ShouldBeGreaterThan(25, "the routes of five services");
    }

    [Fact]
    public async Task Should_answer_nobody_when_it_declares_nothing()
    {
        await using var store = await OperatorStore.CreateAsync(Backend.Embedded);
        await using var host = await OperatorHost.StartAsync(
            store, ServiceNames.Differ, _ => { }, _ => { },
            routes =>
            {
                routes.MapGet("/v1/forgotten", () => "open");
                routes.MapGet("/v1/declared", () => "open").NeedsRole(ControlPolicies.Read);
            });

        // The local user may do everything that is declared.
        using var declared = await host.Http.GetAsync("/v1/declared", TestContext.Current.CancellationToken);
        ((int)declared.StatusCode).ShouldBe(200);
        using var forgotten = await host.Http.GetAsync("/v1/forgotten", TestContext.Current.CancellationToken);
        await forgotten.ShouldBeProblemAsync(403, "forbidden");
    }

    [Fact]
    public async Task Should_be_closed_to_strangers_at_the_peers_door()
    {
        await using var guarded = await Guarded.StartAsync();
        using var stranger = Peers.Client();
        foreach (var endpoint in guarded.Operator.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<ListenerMetadata>()?.Kind != ListenerKind.Peer)
                continue;
            foreach (var method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods)
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), guarded.Operator.PeerAddress + endpoint.RoutePattern.RawText!.Replace("{id}", "some-segment", StringComparison.Ordinal));
                using var answer = await stranger.SendAsync(request, TestContext.Current.CancellationToken);
                await answer.ShouldBeProblemAsync(401, "unauthenticated");
            }
        }
    }

    private static string? FaultOf(string route, string method, RouteEndpoint endpoint)
    {
        var policies = endpoint.Metadata.OfType<IAuthorizeData>().Select(data => data.Policy).ToList();
        if (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            return ForEverybody.Contains(route) ? null : $"{route} is open to everybody, and the test's list of such routes does not name it";
        if (policies is not [{ } policy] || !ControlPolicies.All.Contains(policy))
            return $"{route} declares [{string.Join(", ", policies)}]: give it one policy of ControlPolicies";
        var isSafe = method is "GET" or "HEAD";
        return policy switch
        {
            ControlPolicies.Read => isSafe || ForReadersToo.Contains(route) ? null : $"{route} changes something, but readers may use it",
            ControlPolicies.Operate => !isSafe || ForOperatorsOnly.Contains(route) ? null : $"{route} changes nothing, but readers may not use it",
            _ => !isSafe ? null : $"{route} reads, but asks for the role that writes entries",
        };
    }
}
