using Causality.ConflictResolver.Tests.Hosting;
using Causality.Core;
using FsCheck;
using FsCheck.Fluent;
using static Causality.ConflictResolver.Tests.Hosting.ResolverHost;

namespace Causality.ConflictResolver.Tests;

/// <summary>What holds for whole federations, whatever the order of things. Real stores and resolvers; only the network is left out.</summary>
public sealed class When_operators_converge
{
    /// <summary>Number of operators, and the seed of their story: a new one for each run, so that runs add up, and named so that a story can be told again.</summary>
    public static IEnumerable<TheoryDataRow<int, int>> Federations =>
        from operators in Enumerable.Range(2, 5)
        from _ in Enumerable.Range(0, 3)
        select new TheoryDataRow<int, int>(operators, Random.Shared.Next());

    [Theory]
    [MemberData(nameof(Federations), DisableDiscoveryEnumeration = true)]
    public async Task Latest_wins_shows_the_same_everywhere_and_loses_nothing(int operators, int seed)
    {
        var story = Stories(operators).Sample(50, new Rnd((ulong)seed), 1)[0];
        await using var federation = await Federation.StartAsync([.. Enumerable.Repeat("LatestWins", operators)]);
        foreach (var (index, step) in story.Steps.Index())
            await PlayAsync(federation, index, step);

        await federation.SettleAsync();

        var entries = story.Steps.SelectMany(step => step.Entries).DistinctBy(entry => entry.Hash).ToList();
        var winners = entries.GroupBy(entry => entry.Id).Select(versions => versions.MaxBy(entry => entry.Key)!).OrderBy(entry => entry.Key).Select(entry => entry.Hash).ToList();
        var contested = entries.GroupBy(entry => entry.Id).Where(versions => versions.Count() > 1).SelectMany(versions => versions).Select(entry => entry.Hash.ToString()).ToList();
        for (var one = 0; one < operators; one++)
        {
            (await federation.HeldAsync(one)).ShouldBe(entries.Select(entry => entry.Hash), ignoreOrder: true, $"operator {one} holds everything; {story}");
            (await federation.ShownAsync(one)).ShouldBe(winners, $"operator {one} shows the latest; {story}");
            (await federation.Operators[one].VersionsAsync()).Select(version => version.EntryHash).ShouldBe(contested, ignoreOrder: true, $"operator {one} has every loser in its ledger; {story}");
        }
    }

    [Fact]
    public async Task Remote_wins_against_local_wins_comes_to_the_view_of_the_latter()
    {
        await using var federation = await Federation.StartAsync("LocalWins", "RemoteWins");
        await federation.LogAsync(0, "mine", Version("x", 10), Version("y", 20));
        await federation.LogAsync(1, "mine", Version("x", 20), Version("y", 10));

        await federation.SettleAsync();

        var view = new[] { Version("x", 10), Version("y", 20) }.OrderBy(entry => entry.Key).Select(entry => entry.Hash).ToList();
        (await federation.ShownAsync(0)).ShouldBe(view);
        (await federation.ShownAsync(1)).ShouldBe(view);
    }

    [Fact]
    public async Task Local_wins_on_both_keeps_both_views_says_so_and_moves_nothing_again()
    {
        await using var federation = await Federation.StartAsync("LocalWins", "LocalWins");
        await federation.LogAsync(0, "mine", Version("x", 10));
        await federation.LogAsync(1, "mine", Version("x", 20));

        await federation.SettleAsync();

        (await federation.ShownAsync(0)).ShouldBe([Version("x", 10).Hash]);
        (await federation.ShownAsync(1)).ShouldBe([Version("x", 20).Hash]);
        foreach (var one in federation.Operators)
            (await one.LedgerAsync()).Single().Strategy.ShouldBe("local-wins");
        (await federation.SyncAsync(0, 1)).ShouldBe(0);
        (await federation.SyncAsync(1, 0)).ShouldBe(0);
        (await federation.HeldAsync(0)).ShouldBe(await federation.HeldAsync(1));
    }

    private static Task PlayAsync(Federation federation, int index, Step step) => step.Entries.Count > 0
        ? federation.LogAsync(step.One, $"{index % 3}", [.. step.Entries.DistinctBy(entry => entry.Hash)])
        : federation.SyncAsync(step.One, step.Other, step.Fate);

    /// <summary>Few ids and few times, so that most entries collide and ties occur; syncs in any order, some of which die after the import or are told twice.</summary>
    private static Gen<Story> Stories(int operators)
    {
        var entry = from id in Gen.Choose(0, 7)
                    from at in Gen.Choose(0, 5)
                    from text in Gen.Choose(0, 2)
                    select LogEntry.Create($"id{id}", 1_767_225_600_000 + at, EntryType.Fact, System.Text.Encoding.UTF8.GetBytes($"{{\"text\":{text}}}"));
        var log = from one in Gen.Choose(0, operators - 1)
                  from entries in entry.ListOf(4)
                  select new Step(one, one, Fate.Ends, [.. entries]);
        var sync = from one in Gen.Choose(0, operators - 1)
                   from offset in Gen.Choose(1, operators - 1)
                   from fate in Gen.Elements(Fate.Ends, Fate.Ends, Fate.Dies, Fate.Doubles)
                   select new Step(one, (one + offset) % operators, fate, []);
        return from first in log.ListOf(operators * 2)
               from rest in Gen.OneOf(log, sync, sync).ListOf(operators * 3)
               select new Story([.. first, .. rest]);
    }

    private sealed record Step(int One, int Other, Fate Fate, IReadOnlyList<LogEntry> Entries)
    {
        public override string ToString() => Entries.Count > 0 ? $"{One} logs {string.Join(", ", Entries)}" : $"{One} pulls from {Other}, which {Fate}";
    }

    private sealed record Story(IReadOnlyList<Step> Steps)
    {
        public override string ToString() => string.Join("; ", Steps);
    }
}
