using Causality.Contracts;
using Causality.EndToEnd.Tests.Logs;
using Causality.Storage;
using Causality.TestKit.Processes;

namespace Causality.EndToEnd.Tests.Crashes;

/// <summary>SIGKILL before and after each commit, publish, acknowledgement and rename: the places where an order of two effects matters.</summary>
[Collection(CrashingOperatorsCollection.Name)]
[Trait("Set", "Crashes")]
public sealed class When_a_service_is_killed_at_a_failpoint(CrashingOperators operators) : TwoOperatorsTest(operators)
{
    private const int Killed = 128 + 9;
    private const int MoreThanAChunk = 1_001;
    private static readonly TimeSpan ReachedWithin = TimeSpan.FromSeconds(40);

    [Theory]
    [MemberData(nameof(CrashCases.Chosen), MemberType = typeof(CrashCases))]
    public async Task Should_lose_nothing_and_do_nothing_twice(string service, string point)
    {
        await Operators.StartWhatIsDeadAsync();
        var (name, log) = Operators.NextRound();
        await Task.WhenAll(MakeDifferentAsync(name, log, point), StartArmedAsync(service, point));
        await AppendToAAsync(log);
        var overrides = Impatient with
        {
            BatchSize = point == Failpoints.TransferBetweenBatches ? 1 : null,
            // A thousand segments are one batch, whose storing counts as progress only when it is done.
            SyncTimeoutMs = point == Failpoints.PlanAfterCommit ? 30_000 : Impatient.SyncTimeoutMs,
        };
        RequestedSync[] syncs = [new(A, B.Id, overrides), new(B, A.Id, overrides)];
        await Task.WhenAll(syncs.Select(sync => sync.TryRequestAsync(Token)));

        (await A.ProcessOf(service).WaitForEndAsync(ReachedWithin, Token)).ShouldBe(Killed, $"{service} did not die at {point}");
        await A.ProcessOf(service).DisposeAsync();
        Operators.InA.AgeTemporaryFiles();
        var restarted = TimeProvider.System.GetTimestamp();
        A.Start(service);

        var results = await Task.WhenAll(syncs.Select(sync => sync.EndAsync(Token)));
        Say($"{service} at {point}: syncs ended {TimeProvider.System.GetElapsedTime(restarted).TotalSeconds:F1} s after the restart");
        await A.AwaitReadyAsync(Token, service);
        await AppendAgainAsync(log);
        await ConvergeAsync();
        results.ShouldAllBe(result => result.Status == SyncStatus.Completed || result.Status == SyncStatus.Skipped);
        await ShouldBeSoundAsync();
        await ShouldHaveEndedOnceOnTheBusAsync(syncs);
    }

    private async Task MakeDifferentAsync(string name, DealtLog log, string point)
    {
        await B.Log.AppendAsync(log.Second, Token);
        await SeededSegments.StoreAsync(B, name, point == Failpoints.PlanAfterCommit ? MoreThanAChunk : 2, Token);
        await B.Log.PublishAsync(Token);
    }

    private async Task StartArmedAsync(string service, string point)
    {
        await A.KillAsync(service, Token);
        var leftToTheSweeper = point is Failpoints.SweeperBeforePublish or Failpoints.SweeperAfterPublish;
        A.Start(service, (Failpoint.Variable, point), ("Bus__Outbox__FastPath", leftToTheSweeper ? "false" : "true"));
        await Eventually.BecomesAsync(
            async token => A.ProcessOf(service).HasEnded || await A.StatusOfAsync(service, "/health/ready", token) == 200,
            ready => ready, $"{service} to be ready", ReachedWithin, Token);
    }

    /// <summary>Where the gateway is armed, it dies here, and the answer with it.</summary>
    private async Task AppendToAAsync(DealtLog log)
    {
        try
        {
            await A.Log.AppendAsync(log.First, Token);
            await A.Log.PublishAsync(Token);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or System.Net.Sockets.SocketException)
        {
            await A.ProcessOf("gateway").WaitForEndAsync(ReachedWithin, Token);
        }
    }

    /// <summary>What was acknowledged is there; what was not may be, and is then no second entry. Ids that B has given another content meanwhile are refused, and rightly.</summary>
    private async Task AppendAgainAsync(DealtLog log)
    {
        var lines = log.First.Where(line => !line.Contains("-conflict-", StringComparison.Ordinal)).ToList();
        var (appended, present) = await A.Log.AppendAsync(lines, Token);
        (appended + present).ShouldBe(lines.Count);
        (await A.Log.AppendAsync(lines, Token)).ShouldBe((0, lines.Count));
    }

    private async Task ShouldHaveEndedOnceOnTheBusAsync(RequestedSync[] syncs)
    {
        foreach (var sync in syncs)
        {
            var bus = sync.At == A ? Operators.OnA : Operators.OnB;
            await Eventually.BecomesAsync(_ => Task.FromResult(bus.EndingsOf(sync.SyncId)), endings => endings.Count > 0, $"the event that ends {sync.SyncId}", ReachedWithin, Token);
            bus.EndingsOf(sync.SyncId).Count.ShouldBe(1, $"sync {sync.SyncId} ended more than once");
        }
    }
}
