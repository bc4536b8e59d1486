using System.Net.Http.Json;
using System.Text.Json;
using Causality.ConflictResolver.Ledger;
using Causality.ConflictResolver.Tests.Hosting;
using Causality.Contracts;
using Causality.Contracts.Http.Control;
using Causality.TestKit.Operators;
using static Causality.ConflictResolver.Tests.Hosting.ResolverHost;

namespace Causality.ConflictResolver.Tests;

public sealed class When_somebody_decides
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Backend.Embedded)]
    [InlineData(Backend.PostgreSql)]
    public async Task Should_show_what_a_person_chose_and_what_was_before_when_it_is_undone(Backend backend)
    {
        Assert.SkipUnless(OperatorStore.IsAvailable(backend), OperatorStore.Missing);
        await using var resolver = await ConflictAsync(backend);

        var decided = await PostAsync<ConflictDecisionsAnswer>(resolver, ConflictRoutes.Decide, new { subjects = new[] { "x" }, winner_hash = Version("x", 10).Hash.ToString(), by = "ann", reason = "signed" });

        (decided.Conflicts.Single().Outcome, decided.Conflicts.Single().After).ShouldBe(("decided", Version("x", 10).Hash.ToString()));
        (await resolver.ShownAsync("x")).ShouldBe(Version("x", 10));
        var details = await GetAsync<ConflictDetails>(resolver, $"{ConflictRoutes.Details}?subject=x");
        (details.Conflict.Decider, details.Conflict.DecidedBy, details.Conflict.Reason).ShouldBe(("person", "ann", "signed"));
        details.History.Single().Strategy.ShouldBe("latest-wins");
        details.Versions.Select(version => version.Line).ShouldBe([Line(20), Line(10)]);
        details.Differences.ShouldBe(["timestamp", "data.at"]);
        details.Choices.Single(choice => choice.Strategy == "local-wins").WinnerHash.ShouldBe(Version("x", 10).Hash.ToString());

        (await PostAsync<ConflictDecisionsAnswer>(resolver, ConflictRoutes.Undo, new { subjects = new[] { "x" }, by = "bob" })).Conflicts.Single().Outcome.ShouldBe("decided");

        (await resolver.ShownAsync("x")).ShouldBe(Version("x", 20));
        (await resolver.DecisionsAsync()).Select(row => row.Strategy).ShouldBe(["latest-wins", "person"]);
    }

    [Fact]
    public async Task Should_change_nothing_in_a_preview()
    {
        await using var resolver = await ConflictAsync();

        var answer = await PostAsync<ConflictDecisionsAnswer>(resolver, ConflictRoutes.Decide, new { subjects = new[] { "x", "nobody" }, strategy = "local-wins", by = "ann", dry_run = true });

        answer.Conflicts.Select(outcome => outcome.Outcome).ShouldBe(["decided", "unknown"]);
        (await resolver.ShownAsync("x")).ShouldBe(Version("x", 20));
        (await resolver.DecisionsAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{\"subjects\":[\"x\"],\"by\":\"ann\"}", "winner_hash")]
    [InlineData("{\"subjects\":[],\"strategy\":\"local-wins\",\"by\":\"ann\"}", "subjects")]
    [InlineData("{\"subjects\":[\"x\"],\"strategy\":\"loudest-wins\",\"by\":\"ann\"}", "strategy")]
    [InlineData("{\"subjects\":[\"x\"],\"strategy\":\"local-wins\",\"by\":\" \"}", "by")]
    [InlineData("{\"subjects\":[\"x\"],\"winner_hash\":\"12\",\"by\":\"ann\"}", "winner_hash")]
    public async Task Should_name_the_field_that_is_wrong(string body, string field)
    {
        await using var resolver = await ConflictAsync();

        using var response = await resolver.Host.Http.PostAsync(ConflictRoutes.Decide, new StringContent(body, System.Text.Encoding.UTF8, "application/json"), Cancelled);

        ((int)response.StatusCode).ShouldBe(400);
        (await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("field").GetString().ShouldBe(field);
    }

    [Fact]
    public async Task Should_open_a_persons_decision_again_when_another_version_comes()
    {
        await using var resolver = await ConflictAsync();
        await PostAsync<ConflictDecisionsAnswer>(resolver, ConflictRoutes.Decide, new { subjects = new[] { "x" }, strategy = "local-wins", by = "ann" });

        await resolver.ResolveAsync(await resolver.BringAsync(Segment("more", Version("x", 30))));

        (await resolver.ShownAsync("x")).ShouldBe(Version("x", 10), "a peer does not overturn a person");
        (await GetAsync<ConflictPage>(resolver, $"{ConflictRoutes.Conflicts}?state=open")).Conflicts.Single().Subject.ShouldBe("x");
    }

    [Fact]
    public async Task Should_ask_programs_and_take_their_answer()
    {
        await using var resolver = await StartAsync(settings: new() { ["Strategy"] = "Custom", ["Custom"] = "message" });
        await resolver.HasAsync(Segment("ours", Version("x", 10)));
        await resolver.ResolveAsync(await resolver.BringAsync(Segment("theirs", Version("x", 20))));
        var asked = (await resolver.Host.Bus.WaitAsync<ConflictDecisionRequested>(cancellationToken: Cancelled)).Single();
        (asked.Subject, asked.Shown, asked.Versions.Count, asked.Versions[0].PeerId, asked.Versions[0].IsNew).ShouldBe(("x", Version("x", 10).Hash.ToString(), 2, "beta", true));

        await resolver.Host.PublishAsync(new ConflictDecided { Subject = "x", WinnerHash = asked.Versions[0].EntryHash, DecidedBy = "rules" });

        await resolver.Host.Bus.WaitAsync<ConflictResolved>(told => told.Conflicts.Any(conflict => conflict.DecidedBy == "rules"), cancellationToken: Cancelled);
        (await resolver.ShownAsync("x")).ShouldBe(Version("x", 20));
        (await resolver.LedgerAsync()).Single().Decider.ShouldBe(Decider.Message);
    }

    [Fact]
    public async Task Should_fall_back_when_nobody_answers_in_time()
    {
        await using var resolver = await StartAsync(settings: new() { ["Strategy"] = "Custom", ["Custom"] = "message", ["DecisionTimeout"] = "01:00:00", ["CheckInterval"] = "00:00:00.100" });
        await resolver.HasAsync(Segment("ours", Version("x", 10)));
        await resolver.ResolveAsync(await resolver.BringAsync(Segment("theirs", Version("x", 20))));
        (await resolver.ShownAsync("x")).ShouldBe(Version("x", 10));

        resolver.Clock.Advance(TimeSpan.FromHours(2));

        await resolver.Host.Bus.WaitAsync<ConflictResolved>(told => told.Conflicts.Single().Strategy == "latest-wins", cancellationToken: Cancelled);
        (await resolver.ShownAsync("x")).ShouldBe(Version("x", 20));
    }

    [Fact]
    public async Task Should_find_what_came_in_without_a_sync()
    {
        await using var resolver = await StartAsync(settings: new() { ["CheckInterval"] = "00:00:00.100" });

        await resolver.HasAsync(Segment("one", Version("x", 10)), Segment("other", Version("x", 20)));

        await resolver.Host.Bus.WaitAsync<ConflictResolved>(cancellationToken: Cancelled);
        (await resolver.LedgerAsync()).Single().PeerId.ShouldBeNull();
    }

    [Theory]
    [InlineData(Backend.Embedded)]
    [InlineData(Backend.PostgreSql)]
    public async Task Should_list_export_and_report(Backend backend)
    {
        Assert.SkipUnless(OperatorStore.IsAvailable(backend), OperatorStore.Missing);
        await using var resolver = await StartAsync(backend);
        await resolver.HasAsync(Segment("ours", Enumerable.Range(0, 5).Select(number => Version($"x{number}", number))));
        await resolver.ResolveAsync(await resolver.BringAsync(Segment("theirs", Enumerable.Range(0, 4).Select(number => Version($"x{number}", 10 + number)))));
        await resolver.ResolveAsync(await resolver.BringFromAsync("gamma", Segment("third", Version("x4", 20))));

        var first = await GetAsync<ConflictPage>(resolver, $"{ConflictRoutes.Conflicts}?limit=3");
        var second = await GetAsync<ConflictPage>(resolver, $"{ConflictRoutes.Conflicts}?limit=3&after={first.Next}");
        first.Conflicts.Concat(second.Conflicts).Select(conflict => conflict.Subject).ShouldBe(["x4", "x0", "x1", "x2", "x3"], ignoreOrder: true);
        first.Conflicts[0].Subject.ShouldBe("x4");
        second.Next.ShouldBeNull();
        (await GetAsync<ConflictPage>(resolver, $"{ConflictRoutes.Conflicts}?peer=gamma")).Conflicts.Single().Subject.ShouldBe("x4");
        (await GetAsync<ConflictPage>(resolver, $"{ConflictRoutes.Conflicts}?trace_id=none")).Conflicts.ShouldBeEmpty();
        (await GetAsync<ConflictPage>(resolver, $"{ConflictRoutes.Conflicts}?from={resolver.Clock.NowMs + 1}")).Conflicts.ShouldBeEmpty();
        (await GetAsync<ConflictSummary>(resolver, ConflictRoutes.Summary)).Decided.ShouldBe(5);

        var lines = (await resolver.Host.Http.GetStringAsync(ConflictRoutes.Export, Cancelled)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Select(line => JsonSerializer.Deserialize<ConflictRecordLine>(line, Json)!.Versions.Count).ShouldBe([2, 2, 2, 2, 2]);
        var report = await GetAsync<ConflictReport>(resolver, ConflictRoutes.Report);
        report.Conflicts.ShouldBe(5);
        report.Segments[0].ShouldBe(new ConflictCount { Name = "ours", Conflicts = 5 });
        report.Peers.Select(peer => (peer.Name, peer.Conflicts)).ShouldBe([("beta", 4L), ("gamma", 1L)]);
    }

    private static string Line(long at) => System.Text.Encoding.UTF8.GetString(Version("x", at).CanonicalBytes.Span);

    private static async Task<ResolverHost> ConflictAsync(Backend backend = Backend.Embedded)
    {
        var resolver = await StartAsync(backend);
        await resolver.HasAsync(Segment("ours", Version("x", 10)));
        await resolver.ResolveAsync(await resolver.BringAsync(Segment("theirs", Version("x", 20))));
        return resolver;
    }

    private static async Task<T> GetAsync<T>(ResolverHost resolver, string path) => (await resolver.Host.Http.GetFromJsonAsync<T>(path, Json, Cancelled))!;

    private static async Task<T> PostAsync<T>(ResolverHost resolver, string path, object body)
    {
        using var response = await resolver.Host.Http.PostAsJsonAsync(path, body, Cancelled);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync(Cancelled));
        return (await response.Content.ReadFromJsonAsync<T>(Json, Cancelled))!;
    }
}
