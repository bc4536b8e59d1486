using System.Globalization;
using Causality.EndToEnd.Tests.Logs;
using Causality.EndToEnd.Tests.Operators;

namespace Causality.EndToEnd.Tests.Crashes;

/// <summary>A soak, run by hand: <c>infra/scripts/soak.sh [--rounds N] [--seed N]</c>.</summary>
[Collection(CrashingOperatorsCollection.Name)]
public sealed class When_services_die_at_random(CrashingOperators operators) : TwoOperatorsTest(operators)
{
    private const int MostKills = 3;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    [Fact(Explicit = true)]
    public async Task Should_stay_sound_round_after_round()
    {
        var seed = Read("CAUSALITY_SOAK_SEED", Environment.TickCount);
        var rounds = Read("CAUSALITY_SOAK_ROUNDS", 20);
        var random = new Random(seed);
        Say($"seed {seed}, {rounds} rounds");
        for (var round = 1; round <= rounds; round++)
        {
            await RunRoundAsync(random, round);
            Say($"round {round} of {rounds}: sound");
        }
    }

    private async Task RunRoundAsync(Random random, int round)
    {
        var name = $"soak-{round}";
        var log = DealtLog.Deal([.. DealtLog.Make(name, 200)], name);
        await A.Log.AppendAsync(log.First, Token);
        await B.Log.AppendAsync(log.Second, Token);
        await SeededSegments.StoreAsync(B, name, 20, Token);
        await Task.WhenAll(A.Log.PublishAsync(Token), B.Log.PublishAsync(Token));
        RequestedSync[] syncs = [new(A, B.Id, Impatient), new(B, A.Id, Impatient)];
        await Task.WhenAll(syncs.Select(sync => sync.TryRequestAsync(Token)));
        for (var kill = random.Next(1, MostKills + 1); kill > 0; kill--)
            await KillAtRandomAsync(random, syncs);
        await Task.WhenAll(syncs.Select(sync => sync.EndAsync(Token)));
        await Task.WhenAll(A.AwaitReadyAsync(Token), B.AwaitReadyAsync(Token));
        await ConvergeAsync();
        await ShouldBeSoundAsync();
    }

    private async Task KillAtRandomAsync(Random random, RequestedSync[] syncs)
    {
        var one = random.Next(2) == 0 ? A : B;
        var service = OperatorProcesses.Services[random.Next(OperatorProcesses.Services.Count)];
        // The moment is the point: a timer, cut short when both syncs have ended.
        await Task.WhenAny(Task.WhenAll(syncs.Select(sync => sync.EndAsync(Token))), Task.Delay(LongestWait * random.NextDouble(), TimeProvider.System, Token));
        Say($"  killing {one.Id}/{service}");
        await one.KillAsync(service, Token);
        one.Start(service);
    }

    private static int Read(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
