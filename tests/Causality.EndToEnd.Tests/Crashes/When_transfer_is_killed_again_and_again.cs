using System.Globalization;
using Causality.Contracts;
using Causality.EndToEnd.Tests.Operators;
using Causality.TestKit.Processes;

namespace Causality.EndToEnd.Tests.Crashes;

/// <summary>What a sync costs that loses its transfer at random moments, beside one of as much that is left in peace. Run by hand: <c>infra/scripts/soak.sh --transfer-kills N</c>.</summary>
[Collection(CrashingOperatorsCollection.Name)]
public sealed class When_transfer_is_killed_again_and_again(CrashingOperators operators) : TwoOperatorsTest(operators)
{
    private const int EntriesPerSegment = 250;
    private const int SegmentsPerKill = 40;
    private const int BatchSize = 1_000;

    /// <summary>All answers compressed, not only the small ones, so that both syncs take the same bytes for the same segments.</summary>
    private static readonly (string, string) Alike = ("Transfer__Compressed", "true");

    /// <summary>Two handshakes of TLS and the headers of some requests.</summary>
    private const long BytesToComeBack = 24 * 1024;

    [Fact(Explicit = true)]
    public async Task Should_have_at_most_one_batch_sent_again_for_each_kill()
    {
        var kills = int.TryParse(Environment.GetEnvironmentVariable("CAUSALITY_TRANSFER_KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) ? wanted : 5;
        var (random, segments) = (new Random(kills), kills * SegmentsPerKill);
        await ConvergeAsync();
        await A.KillAsync("transfer", Token);
        A.Start("transfer", Alike);
        await using var wire = new Relay(B.PeerPort);
        await A.Control.AddPeerAsync(B.Id, wire.Port, Operators.PinOfB, Token);

        var inPeace = await TakenByAsync(wire, "in-peace", segments, _ => Task.CompletedTask);
        var bytesPerKill = inPeace / (kills + 1);
        var killed = await TakenByAsync(wire, "killed", segments, async sync =>
        {
            for (var kill = 1; kill <= kills; kill++)
            {
                await Task.WhenAny(wire.WhenTakenAsync(wire.Taken + 1 + random.NextInt64(bytesPerKill)), sync.EndAsync(Token));
                await A.KillAsync("transfer", Token);
                A.Start("transfer", Alike);
            }
        });

        var batch = inPeace * BatchSize / (segments * EntriesPerSegment);
        var again = (killed - inPeace) / kills;
        Say($"{kills} kills; in peace {inPeace:N0} bytes, killed {killed:N0}: {again:N0} bytes again for each kill, of which a batch of {BatchSize} entries is {batch:N0}");
        again.ShouldBeLessThanOrEqualTo(batch + BytesToComeBack);
        await A.Control.AddPeerAsync(B.Id, B.PeerPort, Operators.PinOfB, Token);
        await A.AwaitReadyAsync(Token, "transfer");
        await ConvergeAsync();
        await ShouldBeSoundAsync();
    }

    /// <summary>Bytes that one sync takes from the peer, whatever is done to it.</summary>
    private async Task<long> TakenByAsync(Relay wire, string name, int segments, Func<RequestedSync, Task> meanwhile)
    {
        await SeededSegments.StoreAsync(B, name, segments, EntriesPerSegment, Token);
        var before = wire.Taken;
        var sync = new RequestedSync(A, B.Id, new SyncOverrides { SyncTimeoutMs = 120_000, MaxRetries = 50, BatchSize = BatchSize });
        (await sync.TryRequestAsync(Token)).ShouldBeTrue();
        await meanwhile(sync);
        var result = await sync.EndAsync(Token);
        (result.Status, result.SegmentsSynced, result.EntriesSynced).ShouldBe((SyncStatus.Completed, segments, (long)segments * EntriesPerSegment), result.Error);
        return wire.Taken - before;
    }
}
