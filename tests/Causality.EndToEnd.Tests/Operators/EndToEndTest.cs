using Causality.Contracts;
using Causality.EndToEnd.Tests.Brokers;
using Causality.TestKit.Processes;

namespace Causality.EndToEnd.Tests.Operators;

/// <summary>A test on the two operators; when it fails, it shows what they printed last.</summary>
[Collection(Name)]
public abstract class EndToEndTest(TwoOperators operators) : IAsyncLifetime
{
    public const string Name = "two operators";
    private static readonly TimeSpan SyncPatience = TimeSpan.FromSeconds(60);

    protected OperatorProcesses A => operators.A;

    protected OperatorProcesses B => operators.B;

    protected TwoOperators Operators => operators;

    /// <summary>A program of another make on A's broker.</summary>
    internal PlainAmqpProgram OnA { get; private set; } = null!;

    /// <summary>A program of another make on B's broker.</summary>
    internal PlainAmqpProgram OnB { get; private set; } = null!;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        OnA = await PlainAmqpProgram.ConnectAsync(A.Broker.AmqpUri, Token);
        OnB = await PlainAmqpProgram.ConnectAsync(B.Broker.AmqpUri, Token);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await OnA.DisposeAsync();
        await OnB.DisposeAsync();
        if (TestContext.Current.TestState?.Result == TestResult.Failed)
            TestContext.Current.TestOutputHelper?.WriteLine($"{A.Tails()}\n\n{B.Tails()}");
    }

    /// <summary>Syncs both ways and checks that the operators hold and show the same.</summary>
    protected async Task ConvergeAsync()
    {
        (await OnA.SyncAsync(B.Id, Token)).Result.Status.ShouldBeOneOf(SyncStatus.Completed, SyncStatus.Skipped);
        (await OnB.SyncAsync(A.Id, Token)).Result.Status.ShouldBeOneOf(SyncStatus.Completed, SyncStatus.Skipped);
        await ShouldBeEqualAsync();
    }

    protected async Task ShouldBeEqualAsync()
    {
        var (a, b) = (await A.Log.PublishAsync(Token), await B.Log.PublishAsync(Token));
        a.Root.ShouldBe(b.Root);
        a.Entries.ShouldBe(b.Entries);
        a.Segments.ShouldBe(b.Segments);
        (await A.Log.HashViewAsync(Token)).ShouldBe(await B.Log.HashViewAsync(Token));
    }

    /// <summary>Waits until a sync has ended, seen through the control API.</summary>
    protected static async Task<SyncResult> EndOfAsync(OperatorProcesses one, Guid syncId) =>
        (await Eventually.BecomesAsync(token => one.Control.FindAsync(syncId, token), sync => sync.Result.Status != SyncStatus.InProgress, $"the end of sync {syncId}", SyncPatience, Token)).Result;
}

/// <summary>Starts the operators once.</summary>
[CollectionDefinition(EndToEndTest.Name)]
public sealed class TwoOperatorsCollection : ICollectionFixture<TwoOperators>;
