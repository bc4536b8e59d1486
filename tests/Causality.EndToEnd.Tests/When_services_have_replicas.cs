using Causality.Contracts;
using Causality.EndToEnd.Tests.Brokers;
using Causality.EndToEnd.Tests.Logs;
using Causality.EndToEnd.Tests.Operators;

namespace Causality.EndToEnd.Tests;

/// <summary>Two processes of every service, each replaced in turn while applications append and syncs run: how an operator is upgraded at noon.</summary>
/// <remarks>Run by hand (<c>-explicit only</c>): eight services are stopped and started one after the other, which takes minutes.</remarks>
public sealed class When_services_have_replicas(TwoOperators operators) : EndToEndTest(operators)
{
    private const int BatchLines = 50;

    [Fact(Explicit = true)]
    public async Task Rolling_restart_under_load_loses_nothing_and_does_nothing_twice()
    {
        await ConvergeAsync();
        var replicas = OperatorProcesses.Services.Select(A.StartReplica).ToList();
        try
        {
            await A.AwaitReadyAsync(Token, [.. replicas]);
            using var done = CancellationTokenSource.CreateLinkedTokenSource(Token);
            var working = WorkUntilAsync(done.Token);

            foreach (var service in OperatorProcesses.Services.Concat(replicas).Where(service => !service.StartsWith("gateway", StringComparison.Ordinal)))
            {
                (await A.StopAsync(service, Token)).ShouldBe(0);
                A.Start(service);
                await A.AwaitReadyAsync(Token, service);
            }

            await done.CancelAsync();
            var (acknowledged, endings) = await working;
            endings.ShouldNotBeEmpty();
            endings.ShouldAllBe(ending => ending.Result.Status == SyncStatus.Completed || ending.Result.Status == SyncStatus.Skipped);
            await ConvergeAsync();
            var log = (await B.Log.ReadAsync(allVersions: true, Token)).ToHashSet(StringComparer.Ordinal);
            acknowledged.ShouldNotBeEmpty();
            acknowledged.ShouldAllBe(line => log.Contains(line));
        }
        finally
        {
            foreach (var replica in replicas)
                await A.StopAsync(replica, Token);
        }
    }

    private async Task<(List<string> Acknowledged, List<SyncEnding> Endings)> WorkUntilAsync(CancellationToken done)
    {
        var (acknowledged, endings) = (new List<string>(), new List<SyncEnding>());
        foreach (var batch in DealtLog.Make("replicas", 1_000_000).Chunk(BatchLines))
        {
            if (done.IsCancellationRequested)
                break;
            await A.Log.AppendAsync(batch, Token);
            acknowledged.AddRange(batch);
            await A.Log.PublishAsync(Token);
            endings.Add(await OnA.SyncAsync(B.Id, Token));
            endings.Add(await OnB.SyncAsync(A.Id, Token));
        }

        return (acknowledged, endings);
    }
}
