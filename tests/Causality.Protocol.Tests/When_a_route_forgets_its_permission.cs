using System.Net;
using Causality.Contracts.Http;
using Causality.Protocol.Server.Listeners;
using Causality.Protocol.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Xunit;

namespace Causality.Protocol.Tests;

/// <summary>Default deny on the peers' door.</summary>
public sealed class When_a_route_forgets_its_permission
{
    [Fact]
    public async Task It_answers_nobody()
    {
        await using var server = await OperatorServer.StartAsync(map: application => application.MapGet(SyncRoutes.Prefix + "/forgotten", () => "secret").OnListener(ListenerKind.Peer));
        using var peer = TestIdentities.Make("beta");
        server.Know(peer);
        using var client = RawClient.To(server.PeerAddress, peer.Certificate);

        await (await client.GetAsync(SyncRoutes.Prefix + "/forgotten", TestContext.Current.CancellationToken)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
    }
}
