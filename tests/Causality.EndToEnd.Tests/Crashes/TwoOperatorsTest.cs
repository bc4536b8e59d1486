using Causality.Contracts;
using Causality.EndToEnd.Tests.Operators;
using Causality.TestKit.Processes;

namespace Causality.EndToEnd.Tests.Crashes;

/// <summary>What must hold after whatever was done to two operators: the invariants of the fault catalogue.</summary>
public abstract class TwoOperatorsTest(CrashingOperators operators) : IAsyncDisposable
{
    private const int MostSyncs = 3;
    // What was sent, and could not be deleted because the database was away, is sent again after the outbox's grace of 30 s, at its next sweep.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Small, so that what no message brings on is soon seen to; many attempts, so that a slow machine's restart does not use them up.</summary>
    protected static readonly SyncOverrides Impatient = new() { SyncTimeoutMs = 5_000, MaxRetries = 50 };

    protected OperatorProcesses A => operators.A;

    protected OperatorProcesses B => operators.B;

    protected CrashingOperators Operators => operators;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (TestContext.Current.TestState?.Result == TestResult.Failed)
            Say($"{A.Tails()}\n\n{B.Tails()}");
        return ValueTask.CompletedTask;
    }

    protected static void Say(string text) => TestContext.Current.TestOutputHelper?.WriteLine(text);

    /// <summary>Asks for syncs in both directions until the logs are equal, few times.</summary>
    protected async Task ConvergeAsync()
    {
        for (var syncs = 0; ; syncs++)
        {
            var (a, b) = (await A.Log.PublishAsync(Token), await B.Log.PublishAsync(Token));
            if (a.Root == b.Root)
                break;
            syncs.ShouldBeLessThan(MostSyncs, "the logs did not become equal");
            await SyncBothWaysAsync();
        }

        (await A.Log.HashViewAsync(Token)).ShouldBe(await B.Log.HashViewAsync(Token));
    }

    /// <summary>Syncs in both directions, to their ends.</summary>
    protected async Task SyncBothWaysAsync()
    {
        RequestedSync[] syncs = [new(A, B.Id, Impatient), new(B, A.Id, Impatient)];
        foreach (var result in await Task.WhenAll(syncs.Select(sync => sync.EndAsync(Token))))
            result.Status.ShouldBeOneOf(SyncStatus.Completed, SyncStatus.Skipped);
    }

    /// <summary>Nothing is lost, nothing happened twice, nothing is left over.</summary>
    protected async Task ShouldBeSoundAsync()
    {
        await ShouldBeSoundAsync(A, operators.InA, operators.OnA);
        await ShouldBeSoundAsync(B, operators.InB, operators.OnB);
    }

    private static async Task ShouldBeSoundAsync(OperatorProcesses one, Inspection inside, BusWitness bus)
    {
        await BecomesEmptyAsync(inside.UnfinishedAsync, $"{one.Id} to have no sync that runs or waits");
        await BecomesEmptyAsync(inside.UnsentAsync, $"{one.Id}'s outboxes to be empty");
        await BecomesEmptyAsync(async token => [.. (await bus.CountAsync(await inside.QueuesAsync(token), token)).Where(queue => queue.Value > 0).Select(queue => $"{queue.Key}: {queue.Value}")],
            $"{one.Id}'s queues, _error and _skipped among them, to be empty");
        (await inside.BadEndingsAsync(Token)).ShouldBeEmpty($"{one.Id}: every accepted sync has one terminal event");
        (await inside.StoredTwiceAsync(Token)).ShouldBeEmpty($"{one.Id}: no content is stored twice");
        (await inside.MiscountedAsync(Token)).ShouldBeEmpty($"{one.Id}: a sync's figures are its plan's");
        var (planned, held) = await inside.AddedAsync(Token);
        planned.ShouldBe(held, $"{one.Id}: what the plans say was added is what the others' segments hold");
        (await inside.BadBlobsAsync(Token)).ShouldBeEmpty($"{one.Id}: every row has its blob");
        inside.OldTemporaryFiles().ShouldBeEmpty($"{one.Id}: no old temporary file");
    }

    private static Task BecomesEmptyAsync(Func<CancellationToken, Task<List<string>>> read, string what) =>
        Eventually.BecomesAsync(async token => string.Join("; ", await read(token)), found => found.Length == 0, what, Patience, Token);
}
