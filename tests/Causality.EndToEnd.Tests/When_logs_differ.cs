using Causality.EndToEnd.Tests.Brokers;
using Causality.EndToEnd.Tests.Logs;
using Causality.EndToEnd.Tests.Operators;
using Causality.TestKit.Processes;

namespace Causality.EndToEnd.Tests;

/// <summary>The mission: two operators whose logs differ become equal because another program asks for it.</summary>
public sealed class When_logs_differ(TwoOperators operators) : EndToEndTest(operators)
{
    [Fact]
    public async Task Should_become_equal_with_true_counts()
    {
        var results = await DealAndSyncAsync(EveryFourthLine(0), "plain", async (one, peerId) => await (one == A ? OnA : OnB).SyncAsync(peerId, Token));

        results.ShouldAllBe(result => result.Event == "SyncCompleted" && result.Result.Attempts == 1 && result.Result.Error == null);
        (await OnA.SyncAsync(B.Id, Token)).Event.ShouldBe("SyncSkipped");
        (await OnB.SyncAsync(A.Id, Token)).Event.ShouldBe("SyncSkipped");
    }

    [Fact]
    public async Task Should_be_made_equal_by_a_program_that_is_not_dotnet()
    {
        var client = await NodeClient.InstallAsync(Token);
        Assert.SkipWhen(client is null, NodeClient.WhyMissing);

        await DealAndSyncAsync(EveryFourthLine(1), "node", (one, peerId) => client!.SyncAsync(one.PublisherUri, peerId, Token));
    }

    [Fact]
    public async Task Should_be_made_equal_by_a_program_in_Python()
    {
        Assert.SkipUnless(await ScriptClient.HasPikaAsync(Token), "Python's pika is not installed (Debian: python3-pika)");

        await DealAndSyncAsync(EveryFourthLine(2), "python", (one, peerId) => ScriptClient.PythonAsync(one.PublisherUri, peerId, Token));
    }

    [Fact]
    public async Task Should_be_made_equal_from_a_shell()
    {
        Assert.SkipUnless(ScriptClient.HasAmqpTools, "amqp-publish is not installed (Debian: amqp-tools)");

        await DealAndSyncAsync(EveryFourthLine(3), "shell", async (one, peerId) => await (one == A ? OnA : OnB).EndOfAsync(await ScriptClient.ShellAsync(one.PublisherUri, peerId, Token), Token));
    }

    private async Task<SyncEnding[]> DealAndSyncAsync(IReadOnlyList<string> lines, string name, Func<OperatorProcesses, string, Task<SyncEnding>> sync)
    {
        await ConvergeAsync();
        var before = await A.Log.ReadHeadAsync(Token);
        var shown = (await A.Log.ReadAsync(allVersions: false, Token)).Count;
        var log = DealtLog.Deal(lines, name);
        TestContext.Current.TestOutputHelper?.WriteLine($"{lines.Count} lines of {SharedLines.Source}");
        (await A.Log.AppendAsync(log.First, Token)).ShouldBe((log.First.Count, 0));
        (await B.Log.AppendAsync(log.Second, Token)).ShouldBe((log.Second.Count, 0));
        (await A.Log.PublishAsync(Token)).Root.ShouldNotBe((await B.Log.PublishAsync(Token)).Root);

        SyncEnding[] endings = [await sync(A, B.Id), await sync(B, A.Id)];

        await ShouldBeEqualAsync();
        endings.Select(ending => ending.Result.EntriesSynced).ShouldBe([log.Second.Count, log.First.Count]);
        endings.ShouldAllBe(ending => ending.Result.Conflicts == log.Conflicts && ending.Result.SegmentsSynced > 0);
        endings[0].Result.BytesReceived.ShouldBeGreaterThan(log.Second.Sum(line => line.Length));
        (await A.Log.ReadHeadAsync(Token)).Entries.ShouldBe(before.Entries + log.Distinct);
        (await A.Log.ReadAsync(allVersions: false, Token)).Count.ShouldBe(shown + log.Distinct - log.Conflicts);
        return endings;
    }

    private static List<string> EveryFourthLine(int from) => [.. SharedLines.Read(int.MaxValue).Where((_, index) => index % 4 == from)];
}
