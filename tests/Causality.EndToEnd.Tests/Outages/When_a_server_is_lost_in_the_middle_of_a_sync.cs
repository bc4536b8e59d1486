using Causality.Contracts;
using Causality.EndToEnd.Tests.Crashes;
using Causality.EndToEnd.Tests.Logs;
using Causality.TestKit.Processes;

namespace Causality.EndToEnd.Tests.Outages;

/// <summary>The broker comes back without its queues, the database comes back from its log: the rows know what was going on.</summary>
[Collection(PrivateServersCollection.Name)]
[Trait("Set", "Outages")]
public sealed class When_a_server_is_lost_in_the_middle_of_a_sync(PrivateServers servers) : TwoOperatorsTest(servers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Should_go_on_after_the_broker_has_lost_its_disk() => await LoseAsync("broker", async () =>
    {
        // Who may connect does not stand on that disk: a service whose login is refused does not come back by itself.
        await servers.RabbitMq.KeepUsersAsync(Token);
        await servers.RabbitMq.KillAsync(Token);
        return () => servers.RabbitMq.StartAgainAsync(wiped: true, Token);
    });

    [Fact]
    public async Task Should_go_on_after_the_broker_was_killed() => await LoseAsync("broker-kill", async () =>
    {
        await servers.RabbitMq.KillAsync(Token);
        return () => servers.RabbitMq.StartAgainAsync(cancellationToken: Token);
    });

    [Fact]
    public async Task Should_go_on_after_the_database_was_killed() => await LoseAsync("database", async () =>
    {
        await servers.Postgres.KillAsync(Token);
        return () => servers.Postgres.StartAgainAsync(cancellationToken: Token);
    });

    /// <summary>Loses a server while a segment is on its way to A and another sync runs at B, and lets the bytes come before the server does.</summary>
    private async Task LoseAsync(string name, Func<Task<Func<Task>>> lose)
    {
        await ConvergeAsync();
        var (_, log) = Operators.NextRound();
        await A.Log.AppendAsync(log.First, Token);
        await B.Log.AppendAsync(log.Second.Concat(DealtLog.Make(name, 10_000)), Token);
        await A.Log.PublishAsync(Token);
        await B.Log.PublishAsync(Token);
        await using var wire = new Relay(B.PeerPort, holdAfterBytes: 300_000);
        await A.Control.AddPeerAsync(B.Id, wire.Port, Operators.PinOfB, Token);
        RequestedSync[] syncs = [new(A, B.Id, Impatient with { SyncTimeoutMs = 60_000 }), new(B, A.Id, Impatient)];
        await Task.WhenAll(syncs.Select(sync => sync.TryRequestAsync(Token)));
        await wire.Held.WaitAsync(Patience, Token);

        var bringBack = await lose();
        wire.Release();
        await bringBack();
        var returned = TimeProvider.System.GetTimestamp();
        var results = await Task.WhenAll(syncs.Select(sync => sync.EndAsync(Token)));
        Say($"{name}: syncs ended {TimeProvider.System.GetElapsedTime(returned).TotalSeconds:F1} s after its return, attempts {string.Join(", ", results.Select(result => result.Attempts))}");

        results.ShouldAllBe(result => result.Status == SyncStatus.Completed || result.Status == SyncStatus.Skipped);
        await ReadyAgainAsync();
        await A.Control.AddPeerAsync(B.Id, B.PeerPort, Operators.PinOfB, Token);
        await servers.ConnectWitnessesAsync();
        await ConvergeAsync();
        await ShouldBeSoundAsync();
    }

    private Task ReadyAgainAsync() => Task.WhenAll(A.AwaitReadyAsync(Token), B.AwaitReadyAsync(Token));
}
