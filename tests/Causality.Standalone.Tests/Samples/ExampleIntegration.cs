using Causality.Core;
using Causality.Scheduler.Discovery;
using Causality.Standalone.Embedding;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.Standalone.Tests.Samples;

/// <summary>The seed's "Example Integration". What stands between the marks is the README's own text.</summary>
internal static class ExampleIntegration
{
    public static async Task RunAsync(Func<CausalityOperator, CancellationToken, Task> runMyApplicationAsync, IPeerDiscovery myPeers, string folder, CancellationToken cancellationToken)
    {
        // <sample>
        // An operator in this process: its log, its gateway and its sync.
        await using var causality = CausalityOperator.Create(
            options =>
            {
                options.Id = "my-operator";
                options.DataFolder = folder;
                options.Url = "http://127.0.0.1:0";
                options.PeerUrl = "https://127.0.0.1:0";
                options.Sync = sync => sync.SyncInterval = TimeSpan.FromSeconds(30);
            },
            customize: builder => builder.Services.AddSingleton(myPeers));
        await causality.StartAsync(cancellationToken);

        // Peers: those that an IPeerDiscovery finds are added by themselves; this is how to add one by hand.
        foreach (var peer in await myPeers.GetPeersAsync(cancellationToken))
            await causality.SyncManager.AddPeerAsync(peer, cancellationToken);

        // Write entries and run the application.
        await causality.Log.AppendAsync(LogEntry.Create("order-17-paid", DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), EntryType.Fact, """{"amount":"12.50"}"""u8), cancellationToken);
        await runMyApplicationAsync(causality, cancellationToken);

        // Sync now, with every peer, and see how it went.
        foreach (var result in await causality.SyncManager.SyncAllAsync(cancellationToken: cancellationToken))
            Console.WriteLine($"Sync with {result.PeerId}: {result.Status}, {result.EntriesSynced} entries in {result.SegmentsSynced} segments");

        // Clean shutdown.
        await causality.StopAsync(cancellationToken);
        // </sample>
    }
}
