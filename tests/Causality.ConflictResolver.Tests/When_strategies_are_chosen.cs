using Causality.ConflictResolver.Ledger;
using Causality.ConflictResolver.Tests.Hosting;
using Causality.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using static Causality.ConflictResolver.Tests.Hosting.ResolverHost;

namespace Causality.ConflictResolver.Tests;

public sealed class When_strategies_are_chosen
{
    [Theory]
    [InlineData("LatestWins", 10, 20, 20)]
    [InlineData("LatestWins", 20, 10, 20)]
    [InlineData("RemoteWins", 20, 10, 10)]
    [InlineData("LocalWins", 10, 20, 10)]
    public async Task Should_show_what_the_strategy_says(string strategy, int ours, int theirs, int shown)
    {
        await using var resolver = await StartAsync(settings: new() { ["Strategy"] = strategy });
        await resolver.HasAsync(Segment("ours", Version("x", ours)));

        await resolver.ResolveAsync(await resolver.BringAsync(Segment("theirs", Version("x", theirs))));

        (await resolver.ShownAsync("x")).ShouldBe(Version("x", shown));
        (await resolver.VersionsAsync()).Count.ShouldBe(2, "the loser is in the ledger");
    }

    [Fact]
    public async Task Should_take_the_peer_before_the_entry_type_before_the_rest()
    {
        await using var resolver = await StartAsync(settings: new() { ["Strategy"] = "LatestWins", ["EntryTypes:fact:Strategy"] = "LocalWins", ["Peers:gamma:Strategy"] = "RemoteWins" });
        await resolver.HasAsync(Segment("ours", Version("x", 30), Version("y", 30), Version("z", 10, EntryType.Event)));

        await resolver.BringFromAsync("beta", Segment("b", Version("x", 40), Version("z", 20, EntryType.Event)));
        await resolver.ResolveAsync(await resolver.BringFromAsync("gamma", Segment("c", Version("y", 20))));

        (await resolver.LedgerAsync()).Select(row => (row.Subject, row.Strategy)).ShouldBe([("x", "local-wins"), ("y", "remote-wins"), ("z", "latest-wins")]);
    }

    [Fact]
    public async Task Should_not_show_what_a_peer_brought_before_anybody_decided()
    {
        await using var resolver = await StartAsync(settings: new() { ["Strategy"] = "LocalWins" });
        await resolver.HasAsync(Segment("ours", Version("x", 10)));

        await resolver.BringAsync(Segment("theirs", Version("x", 20)));

        (await resolver.ShownAsync("x")).ShouldBe(Version("x", 10));
    }

    [Fact]
    public async Task Should_name_the_peer_of_a_tampered_copy_and_keep_ours_under_local_wins()
    {
        await using var resolver = await StartAsync(settings: new() { ["Strategy"] = "LocalWins" });
        var shared = Segment("shared", Version("x", 10), Version("y", 11));
        await resolver.HasAsync(shared);
        var tampered = LogEntry.Create("x", Version("x", 10).Timestamp, EntryType.Fact, "{\"at\":99}"u8);

        await resolver.ResolveAsync(await resolver.BringFromAsync("mallory", Segment("shared", tampered, Version("y", 11))));

        (await resolver.ShownAsync("x")).ShouldBe(Version("x", 10));
        (await resolver.LedgerAsync()).Single().PeerId.ShouldBe("mallory");
        (await resolver.VersionsAsync()).Single(version => version.PeerId == "mallory").EntryHash.ShouldBe(tampered.Hash.ToString());
    }

    [Fact]
    public async Task Should_name_the_peer_that_sent_a_version_by_itself()
    {
        await using var resolver = await StartAsync(settings: new() { ["Strategy"] = "LocalWins", ["CheckInterval"] = "00:00:00.100" });
        await resolver.HasAsync(Segment("ours", Version("x", 10)));

        await resolver.Host.Log.ImportSegmentAsync(Segment("theirs", Version("x", 20)), new OperatorId("gamma"), long.MaxValue, TestContext.Current.CancellationToken);

        var told = (await resolver.Host.Bus.WaitAsync<Contracts.ConflictResolved>(cancellationToken: TestContext.Current.CancellationToken)).Single();
        (told.PeerId, told.SyncId).ShouldBe(("gamma", null));
        (await resolver.ShownAsync("x")).ShouldBe(Version("x", 10));
    }

    [Fact]
    public async Task Should_keep_standing_what_was_decided_when_more_comes_in_under_local_wins()
    {
        await using var resolver = await StartAsync(settings: new() { ["Strategy"] = "LocalWins" });
        await resolver.HasAsync(Segment("ours", Version("x", 10)));
        await resolver.ResolveAsync(await resolver.BringAsync(Segment("b", Version("x", 20))));

        await resolver.ResolveAsync(await resolver.BringFromAsync("gamma", Segment("c", Version("x", 30))));

        (await resolver.ShownAsync("x")).ShouldBe(Version("x", 10));
        (await resolver.DecisionsAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Should_ask_a_registered_strategy()
    {
        await using var resolver = await StartAsync(settings: new() { ["Strategy"] = "Custom", ["Custom"] = "earliest" }, services: services => services.AddSingleton<IConflictStrategy, Earliest>());
        await resolver.HasAsync(Segment("ours", Version("x", 20)));

        await resolver.ResolveAsync(await resolver.BringAsync(Segment("theirs", Version("x", 10))));

        (await resolver.ShownAsync("x")).ShouldBe(Version("x", 10));
        var row = (await resolver.LedgerAsync()).Single();
        (row.Decider, row.DecidedBy, row.Strategy).ShouldBe((Decider.Plugin, "Earliest", "Earliest"));
    }

    [Fact]
    public async Task Should_leave_a_conflict_to_people_when_the_strategy_fails()
    {
        await using var resolver = await StartAsync(settings: new() { ["Strategy"] = "Custom", ["Custom"] = "broken" }, services: services => services.AddSingleton<IConflictStrategy, Broken>());
        await resolver.HasAsync(Segment("ours", Version("x", 10)));

        await resolver.ResolveAsync(await resolver.BringAsync(Segment("theirs", Version("x", 20))));

        var row = (await resolver.LedgerAsync()).Single();
        (row.State, row.Decider, row.Reason).ShouldBe((ConflictState.Open, Decider.Person, "The plug-in failed: out of ideas"));
        (await resolver.ShownAsync("x")).ShouldBe(Version("x", 10), "nothing takes its place until somebody has decided");
    }

    [Theory]
    [InlineData("Strategy", "Custom", "Conflicts:Custom")]
    [InlineData("Fallback", "Custom", "Conflicts:Fallback")]
    [InlineData("Peers:Bad_Name:Strategy", "LocalWins", "Conflicts:Peers:Bad_Name")]
    [InlineData("EntryTypes:fiction:Strategy", "LocalWins", "Conflicts:EntryTypes:fiction")]
    [InlineData("PluginFolder", "/nowhere/at/all", "Conflicts:PluginFolder")]
    [InlineData("DecisionTimeout", "00:00:00", "Conflicts:DecisionTimeout")]
    public async Task Should_name_the_setting_that_is_wrong(string setting, string value, string named)
    {
        var refused = await Should.ThrowAsync<OptionsValidationException>(() => StartAsync(settings: new() { [setting] = value }));

        refused.Message.ShouldContain(named);
    }

    [Fact]
    public async Task Should_say_which_file_of_the_plug_in_folder_is_bad()
    {
        var folder = Directory.CreateTempSubdirectory("causality-plugins-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "broken.dll"), "no assembly", TestContext.Current.CancellationToken);

        var refused = await Should.ThrowAsync<OptionsValidationException>(() => StartAsync(settings: new() { ["PluginFolder"] = folder.FullName }));

        refused.Message.ShouldContain("broken.dll");
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Should_load_a_strategy_from_the_plug_in_folder()
    {
        var folder = Directory.CreateTempSubdirectory("causality-plugins-");
        File.Copy(typeof(When_strategies_are_chosen).Assembly.Location, Path.Combine(folder.FullName, "mine.dll"));

        await using (var resolver = await StartAsync(settings: new() { ["Strategy"] = "Custom", ["Custom"] = "earliest", ["PluginFolder"] = folder.FullName }))
        {
            await resolver.HasAsync(Segment("ours", Version("x", 20)));
            await resolver.ResolveAsync(await resolver.BringAsync(Segment("theirs", Version("x", 10))));
            (await resolver.ShownAsync("x")).ShouldBe(Version("x", 10));
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Should_report_entries_of_one_timestamp_and_show_all()
    {
        await using var resolver = await StartAsync(settings: new() { ["SameTimestamp"] = "Report" });
        await resolver.HasAsync(Segment("ours", Version("x", 10)));

        await resolver.ResolveAsync(await resolver.BringAsync(Segment("theirs", Version("y", 10), Version("z", 11))));

        var row = (await resolver.LedgerAsync()).Single();
        (row.Kind, row.Subject, row.Strategy).ShouldBe((ConflictKind.SameTimestamp, Version("y", 10).Timestamp.ToString(System.Globalization.CultureInfo.InvariantCulture), "report"));
        (await resolver.ViewAsync()).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Should_show_one_entry_of_a_timestamp_when_it_supersedes()
    {
        await using var resolver = await StartAsync(settings: new() { ["SameTimestamp"] = "Supersede" });
        await resolver.HasAsync(Segment("ours", Version("x", 10)));

        await resolver.ResolveAsync(await resolver.BringAsync(Segment("theirs", Version("y", 10), Version("z", 11))));

        var greater = new[] { Version("x", 10), Version("y", 10) }.MaxBy(entry => entry.Key)!;
        (await resolver.ViewAsync()).Select(entry => entry.Id).ShouldBe([greater.Id, "z"]);
        (await resolver.Host.Log.CountAsync(TestContext.Current.CancellationToken)).ShouldBe(3);
    }

    /// <summary>Shows the first one ever written.</summary>
    public sealed class Earliest : IConflictStrategy
    {
        public string Name => "Earliest";

        public ValueTask<ContentHash?> ChooseAsync(ConflictCase conflict, CancellationToken cancellationToken) => ValueTask.FromResult<ContentHash?>(conflict.Versions[^1].Entry.Hash);
    }

    private sealed class Broken : IConflictStrategy
    {
        public string Name => "Broken";

        public ValueTask<ContentHash?> ChooseAsync(ConflictCase conflict, CancellationToken cancellationToken) => throw new InvalidOperationException("out of ideas");
    }
}
