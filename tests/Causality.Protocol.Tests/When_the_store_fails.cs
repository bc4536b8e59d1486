using System.Net;
using Causality.Contracts.Http;
using Causality.Protocol.Tests.Hosting;
using Causality.Storage;

namespace Causality.Protocol.Tests;

public sealed class When_the_store_fails(ServedOperator served) : IClassFixture<ServedOperator>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SyncRoutes.Info)]
    [InlineData(SyncRoutes.Segments)]
    [InlineData(SyncRoutes.Segments + "/one")]
    public async Task An_unavailable_store_asks_the_peer_to_come_again(string route)
    {
        served.Server.Log.Failure = new StorageUnavailableException("the disk at /tmp/secret is full");

        using var response = await served.Client.GetAsync(route, Token);

        await response.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "storage-unavailable");
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_fault_of_ours_says_nothing_about_itself()
    {
        served.Server.Log.Failure = new InvalidOperationException("secret: SELECT * FROM peers");

        await (await served.Client.GetAsync(SyncRoutes.Info, Token)).ShouldBeProblemAsync(HttpStatusCode.InternalServerError, "internal-error");
    }
}
