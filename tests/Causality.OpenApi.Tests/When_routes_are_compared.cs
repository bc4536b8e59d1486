using Causality.OpenApi.Tests.Documents;
using Causality.OpenApi.Tests.Live;

namespace Causality.OpenApi.Tests;

/// <summary>What is mapped is documented, what is documented is mapped, and both name the same role.</summary>
public sealed class When_routes_are_compared(RunningOperator running) : IClassFixture<RunningOperator>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_route_should_be_an_operation_and_every_operation_a_route(bool forPeers)
    {
        var mapped = Mapped(forPeers).Select(route => route.Route).Order(StringComparer.Ordinal).ToList();

        Document(forPeers).Operations.Select(operation => operation.Route).Order(StringComparer.Ordinal).ShouldBe(mapped);
        mapped.Count.ShouldBeGreaterThan(forPeers ? 14 : 40);
    }

    [Fact]
    public void Peers_should_need_the_permission_that_the_server_asks_for()
    {
        foreach (var route in Mapped(forPeers: true))
        {
            var security = OpenApiFile.Peer.Operations.Single(operation => operation.Route == route.Route).Security;
            security.Keys.ShouldBe(["peerKey"], route.Route);
            security["peerKey"].ShouldBe([route.Needs!], route.Route);
        }
    }

    [Fact]
    public void People_should_need_the_role_that_the_operator_asks_for()
    {
        foreach (var route in Mapped(forPeers: false))
        {
            var security = OpenApiFile.Control.Operations.Single(operation => operation.Route == route.Route).Security;
            security.Keys.Order().ToArray().ShouldBe(route.Needs is null ? [] : ["session", "token"], route.Route);
            security.Values.ShouldAllBe(roles => roles.SequenceEqual(new[] { route.Needs! }), route.Route);
        }
    }

    private static OpenApiFile Document(bool forPeers) => forPeers ? OpenApiFile.Peer : OpenApiFile.Control;

    private IEnumerable<MappedRoute> Mapped(bool forPeers) => MappedRoute.Of(running.First).Where(route => route.ForPeers == forPeers);
}
