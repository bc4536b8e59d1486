using Causality.EndToEnd.Tests.Logs;
using Causality.EndToEnd.Tests.Operators;
using Causality.TestKit.Processes;

namespace Causality.EndToEnd.Tests.Crashes;

/// <summary>Two operators whose services are killed one after the other; the shared log is dealt out to them a slice at a time.</summary>
public class CrashingOperators : TwoOperators
{
    private const int Slices = 40;
    private readonly List<string> _lines = SharedLines.Read(int.MaxValue);
    private int _round;

    internal BusWitness OnA { get; private set; } = null!;

    internal BusWitness OnB { get; private set; } = null!;

    internal Inspection InA { get; private set; } = null!;

    internal Inspection InB { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await ConnectWitnessesAsync();
        (InA, InB) = (new Inspection(A), new Inspection(B));
    }

    /// <summary>Lets new witnesses take the place of those that lost the broker.</summary>
    public async Task ConnectWitnessesAsync()
    {
        await DismissWitnessesAsync();
        OnA = await BusWitness.ConnectAsync(A.Broker.AmqpUri, TestContext.Current.CancellationToken);
        OnB = await BusWitness.ConnectAsync(B.Broker.AmqpUri, TestContext.Current.CancellationToken);
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await DismissWitnessesAsync();
        await base.DisposeAsync();
    }

    private async Task DismissWitnessesAsync()
    {
        foreach (var witness in new[] { OnA, OnB })
        {
            if (witness is not null)
                await witness.DisposeAsync();
        }
    }

    /// <summary>Starts the services that a failed test has left dead, so that it is one failure and not all the rest.</summary>
    public async Task StartWhatIsDeadAsync()
    {
        foreach (var one in new[] { A, B })
        {
            foreach (var service in OperatorProcesses.Services.Where(service => one.ProcessOf(service).HasEnded))
            {
                one.Start(service);
                await one.AwaitReadyAsync(TestContext.Current.CancellationToken, service);
            }
        }
    }

    /// <summary>The next slice of the shared log, with overlap and conflicts, and a name that no other round has.</summary>
    internal (string Name, DealtLog Log) NextRound()
    {
        var round = Interlocked.Increment(ref _round) - 1;
        var size = Math.Max(1, _lines.Count / Slices);
        var name = $"round-{round}";
        return (name, DealtLog.Deal([.. _lines.Skip(round * size).Take(size)], name));
    }
}

/// <summary>Starts them once.</summary>
[CollectionDefinition(Name)]
public sealed class CrashingOperatorsCollection : ICollectionFixture<CrashingOperators>
{
    public const string Name = "crashing operators";
}
