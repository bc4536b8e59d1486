using Causality.Contracts.Http.Control;
using Causality.Standalone.Client;

namespace Causality.Standalone.Tests.CommandLine;

/// <summary><c>operator-a</c> and <c>operator-b</c>, started at once and ended at once. They know nothing of each other yet.</summary>
internal sealed class TwoServedOperators : IAsyncDisposable
{
    private readonly ServedOperator[] _both;

    private TwoServedOperators(ServedOperator[] both) => _both = both;

    public static async Task<TwoServedOperators> StartAsync()
    {
        var both = new[] { ServedOperator.StartAsync("operator-a"), ServedOperator.StartAsync("operator-b") };
        try
        {
            return new TwoServedOperators(await Task.WhenAll(both));
        }
        catch
        {
            // Both have ended in some way by now.
            foreach (var one in both.Where(one => one.IsCompletedSuccessfully))
                await (await one).DisposeAsync();
            throw;
        }
    }

    public void Deconstruct(out ServedOperator a, out ServedOperator b) => (a, b) = (_both[0], _both[1]);

    /// <summary>Makes them each other's peers, for tests of something else than that.</summary>
    public async Task IntroduceAsync()
    {
        await AddAsync(_both[0], _both[1]);
        await AddAsync(_both[1], _both[0]);
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(_both.Select(one => one.DisposeAsync().AsTask()));

    private static async Task AddAsync(ServedOperator one, ServedOperator peer)
    {
        var token = TestContext.Current.CancellationToken;
        using var client = new OperatorClient(one.Url, one.Url, one.Url, token: null);
        using var there = new OperatorClient(peer.Url, peer.Url, peer.Url, token: null);
        await client.AddPeerAsync(new PeerRequest { Id = peer.Id, Address = peer.PeerUrl.OriginalString, Pins = [(await there.IdentityAsync(token)).Pin] }, token);
    }
}
