using Causality.Contracts;
using Causality.EndToEnd.Tests.Logs;
using Causality.EndToEnd.Tests.Operators;
using Causality.TestKit.Processes;

namespace Causality.EndToEnd.Tests;

/// <summary>What the kernel does when memory runs out: no goodbye, no flush.</summary>
public sealed class When_a_service_dies(TwoOperators operators) : EndToEndTest(operators)
{
    [Fact]
    public async Task Gateway_keeps_every_acknowledged_entry()
    {
        var acknowledged = new List<string>();
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var appending = AppendUntilRefusedAsync(acknowledged, enough);
        await enough.Task.WaitAsync(TimeSpan.FromSeconds(60), Token);

        await A.KillAsync("gateway", Token);
        await appending;
        A.Start("gateway");
        await A.AwaitReadyAsync(Token, "gateway");

        var log = (await A.Log.ReadAsync(allVersions: true, Token)).ToHashSet(StringComparer.Ordinal);
        acknowledged.Count.ShouldBeGreaterThanOrEqualTo(20 * BatchLines);
        acknowledged.ShouldAllBe(line => log.Contains(line));
        await ConvergeAsync();
    }

    [Fact]
    public async Task Transfer_goes_on_after_a_restart_in_the_middle_of_a_sync()
    {
        await ConvergeAsync();
        await B.Log.AppendAsync(DealtLog.Make("moved", 15_000), Token);
        await B.Log.PublishAsync(Token);
        await using var wire = new Relay(B.PeerPort, holdAfterBytes: 400_000);
        await A.Control.AddPeerAsync(B.Id, wire.Port, Operators.PinOfB, Token);

        // Everything is taken and nothing compared: comparing the entries of a segment that has grown would use up the bytes that the wire lets through.
        var syncId = await A.Control.RequestAsync(B.Id, new SyncOverrides { UseDifferentialSync = false }, Token);
        await wire.Held.WaitAsync(TimeSpan.FromSeconds(60), Token);
        (await A.Control.FindAsync(syncId, Token)).State.ShouldBe("Transferring");
        await A.KillAsync("transfer", Token);
        wire.Release();
        A.Start("transfer");

        var result = await EndOfAsync(A, syncId);
        result.Status.ShouldBe(SyncStatus.Completed);
        result.EntriesSynced.ShouldBe(15_000);
        await A.Control.AddPeerAsync(B.Id, B.PeerPort, Operators.PinOfB, Token);
        await A.AwaitReadyAsync(Token, "transfer");
        await ConvergeAsync();
    }

    private const int BatchLines = 10;

    private async Task AppendUntilRefusedAsync(List<string> acknowledged, TaskCompletionSource enough)
    {
        // Bounded: the gateway dies long before.
        foreach (var batch in DealtLog.Make("acknowledged", 100_000).Chunk(BatchLines))
        {
            try
            {
                await A.Log.AppendOnceAsync(batch, Token);
            }
            catch (HttpRequestException)
            {
                return;
            }

            acknowledged.AddRange(batch);
            if (acknowledged.Count == 20 * BatchLines)
                enough.TrySetResult();
        }
    }
}
