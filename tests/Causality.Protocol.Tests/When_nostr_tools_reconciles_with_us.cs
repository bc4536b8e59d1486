using System.Globalization;
using System.Text;
using Causality.Core;
using Causality.Core.Reconciliation;
using Causality.Protocol.Tests.Hosting;

namespace Causality.Protocol.Tests;

/// <summary>Our Negentropy against npm nostr-tools, which nobody here wrote. It answers fingerprints in both roles, but no id list with one of its own.</summary>
public sealed class When_nostr_tools_reconciles_with_us : IAsyncLifetime
{
    private const int Frame = 60_000;
    private NostrTools? _node;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _node = await NostrTools.StartAsync(Cancelled);

    public ValueTask DisposeAsync()
    {
        _node?.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Should_find_the_same_differences_in_the_same_messages()
    {
        Assert.SkipWhen(_node is null, NostrTools.WhyMissing);
        foreach (var (count, everyOurs, everyTheirs, perSecond) in new[] { (0, 0, 1, 1), (25, 3, 4, 1), (500, 7, 3, 500), (4_000, 90, 100, 4), (20_000, 0, 4_000, 1), (3_000, 1, 0, 2) })
        {
            var (client, server) = (SortedItemSet.Of(Items(count, everyOurs, 1, perSecond)), SortedItemSet.Of(Items(count, everyTheirs, 2, perSecond)));
            await AskUsAsync(_node!, client, server);
            await AskThemAsync(_node!, client, server);
        }
    }

    /// <summary>They are the client, we the server; beside them our own client, which must write the same bytes.</summary>
    private static async Task AskUsAsync(NostrTools node, SortedItemSet client, SortedItemSet server)
    {
        await node.OpenAsync("client", client.Items.ToArray(), Frame);
        var ours = new NegentropyClient(client, Frame, int.MaxValue);
        var (have, need) = (new List<string>(), new List<string>());
        var message = await node.InitiateAsync("client");
        ours.Begin().ShouldBe(message);
        while (message is not null)
        {
            var answer = NegentropyServer.Answer(server, message, Frame);
            var next = await node.ReconcileAsync("client", answer);
            ours.Read(answer).ShouldBe(next.Message);
            have.AddRange(next.Have);
            need.AddRange(next.Need);
            message = next.Message;
        }

        have.ShouldBe(Lacking(client, server), ignoreOrder: true);
        need.ShouldBe(Lacking(server, client), ignoreOrder: true);
        ours.Have.Select(id => id.ToString()).ShouldBe(have, ignoreOrder: true);
        ours.Need.Select(id => id.ToString()).ShouldBe(need, ignoreOrder: true);
    }

    /// <summary>We are the client, they the server, for as long as there are only fingerprints to answer; beside them our own server.</summary>
    private static async Task AskThemAsync(NostrTools node, SortedItemSet client, SortedItemSet server)
    {
        var ours = new NegentropyClient(client, Frame, int.MaxValue);
        await node.OpenAsync("server", server.Items.ToArray(), Frame);
        for (var message = ours.Begin(); message is not null && client.Count >= NegentropyLimits.ListBelow && ours.Rounds == 1; message = ours.Read(NegentropyServer.Answer(server, message, Frame)))
            (await node.ReconcileAsync("server", message)).Message.ShouldBe(NegentropyServer.Answer(server, message, Frame) is { Length: > 1 } answer ? answer : null);
    }

    private static IEnumerable<string> Lacking(SortedItemSet from, SortedItemSet other) => from.Items.ToArray().Except(other.Items.ToArray()).Select(item => item.Id.ToString());

    private static IEnumerable<ReconciliationItem> Items(int count, int every, int rest, int perSecond) => Enumerable.Range(0, count)
        .Where(number => every == 0 || number % every != rest % every)
        .Select(number => new ReconciliationItem(1_767_225_600 + (number / perSecond), ContentHash.Of(Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture)))));
}
