using System.Net;
using AngleSharp.Html.Dom;
using Causality.Dashboard.Tests.Hosting;

namespace Causality.Dashboard.Tests.Pages;

public sealed class When_a_peer_is_added_by_its_form(OperatorPair pair) : IClassFixture<OperatorPair>
{
    private static readonly string Pin = new('a', 64);

    [Fact]
    public async Task Should_add_it_and_show_its_page()
    {
        using var answer = await pair.Pages.SubmitAsync(await FormAsync(), ("id", "gamma"), ("address", "https://gamma.example:7443/sync"), ("pins", Pin), ("permissions", "read"), ("overrides.batchSize", "250"), ("overrides.mode", "Both"), ("overrides.verifyHashes", "yes"));

        DashboardClient.Goal(answer).ShouldBe("/dashboard/peers/gamma?done=added");
        var page = (await pair.Pages.PageAsync("/dashboard/peers/gamma?done=added")).Body!.TextContent;
        page.ShouldContain("https://gamma.example:7443");
        page.ShouldContain(Pin);
        page.ShouldContain("250 entries");
        page.ShouldContain("Both");
        var peer = (await pair.Alpha.SyncManager.ListPeersAsync(TestContext.Current.CancellationToken)).Single(one => one.PeerId == "gamma");
        peer.Permissions.ShouldBe(["read"]);
        (peer.Overrides!.BatchSize, peer.Overrides.VerifyHashes, peer.Overrides.MaxRetries).ShouldBe((250, true, null));
    }

    [Theory]
    [InlineData("id", "Not An Id", "id")]
    [InlineData("id", "", "id")]
    [InlineData("id", "alpha", "id")]
    [InlineData("id", "beta", "id")]
    [InlineData("address", "http://plain.example", "address")]
    [InlineData("address", "<script>alert(1)</script>", "address")]
    [InlineData("address", "https://host/path", "address")]
    [InlineData("pins", "abc", "pins")]
    [InlineData("pins", "", "pins")]
    [InlineData("permissions", "everything", "permissions")]
    [InlineData("scope", "no/prefix", "scope")]
    [InlineData("overrides.batchSize", "many", "overrides.batchSize")]
    [InlineData("overrides.batchSize", "0", "overrides.batchSize")]
    [InlineData("overrides.maxRetries", "101", "overrides.maxRetries")]
    [InlineData("overrides.mode", "Sideways", "overrides.mode")]
    public async Task Should_name_the_field_at_fault_and_keep_what_was_typed(string field, string value, string fault)
    {
        var fields = new Dictionary<string, string> { ["id"] = "delta", ["address"] = "https://delta.example", ["pins"] = Pin, [field] = value };

        using var answer = await pair.Pages.SubmitAsync(await FormAsync(), [.. fields.Select(one => (one.Key, one.Value))]);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var page = await DashboardClient.ReadAsync(answer);
        page.ShouldBeSound();
        page.QuerySelectorAll(".field-fault").ShouldHaveSingleItem().Id.ShouldBe($"{fault}-fault");
        page.QuerySelector($"[role=alert] a[href='#{fault}']").ShouldNotBeNull();
        if (fault != "permissions")
            ((IHtmlElement)page.GetElementById(fault)!).GetAttribute("aria-describedby")!.ShouldContain($"{fault}-fault");
        if (field is "id" or "address")
            ((IHtmlInputElement)page.GetElementById(field)!).Value.ShouldBe(value);
        (await pair.Alpha.SyncManager.ListPeersAsync(TestContext.Current.CancellationToken)).ShouldNotContain(peer => peer.PeerId == "delta");
    }

    [Fact]
    public async Task Should_change_a_known_peer_and_keep_what_is_not_changed()
    {
        await pair.Alpha.SyncManager.AddPeerAsync(new() { Id = "epsilon", Address = "https://epsilon.example", Pins = [Pin], Overrides = new() { MaxRetries = 7 } }, TestContext.Current.CancellationToken);
        var form = (IHtmlFormElement)(await pair.Pages.PageAsync("/dashboard/new-peer?peer=epsilon")).QuerySelector("form.form")!;

        using var answer = await pair.Pages.SubmitAsync(form, ("address", "https://moved.example"));

        DashboardClient.Goal(answer).ShouldBe("/dashboard/peers/epsilon?done=changed");
        var peer = (await pair.Alpha.SyncManager.ListPeersAsync(TestContext.Current.CancellationToken)).Single(one => one.PeerId == "epsilon");
        (peer.Address, peer.Overrides!.MaxRetries, peer.Pins.Single()).ShouldBe(("https://moved.example", 7, Pin));
    }

    [Fact]
    public async Task Should_share_a_part_of_the_log_and_the_whole_again()
    {
        using var added = await pair.Pages.SubmitAsync(await FormAsync(), ("id", "zeta"), ("address", "https://zeta.example"), ("pins", Pin), ("scope", "orders-\nbills-"));
        DashboardClient.Goal(added).ShouldBe("/dashboard/peers/zeta?done=added");
        (await ScopeAsync()).ShouldBe(["bills-", "orders-"], ignoreOrder: true);
        (await pair.Pages.PageAsync("/dashboard/peers/zeta")).Body!.TextContent.ShouldContain("segments that begin with");

        var form = (IHtmlFormElement)(await pair.Pages.PageAsync("/dashboard/new-peer?peer=zeta")).QuerySelector("form.form")!;
        using var kept = await pair.Pages.SubmitAsync(form, ("address", "https://moved.example"));
        (await ScopeAsync()).ShouldBe(["bills-", "orders-"], ignoreOrder: true);
        using var widened = await pair.Pages.SubmitAsync(form, ("scope", ""));
        (await ScopeAsync()).ShouldBeNull();

        async Task<IReadOnlyList<string>?> ScopeAsync() => (await pair.Alpha.SyncManager.ListPeersAsync(TestContext.Current.CancellationToken)).Single(one => one.PeerId == "zeta").Scope;
    }

    [Fact]
    public async Task Should_refuse_a_body_that_is_no_form_or_too_long()
    {
        using var long_ = await pair.Pages.PostAsync("/dashboard/peers", ("id", new string('x', 3 * 1024 * 1024)));
        long_.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    private async Task<IHtmlFormElement> FormAsync() => (IHtmlFormElement)(await pair.Pages.PageAsync(DashboardPaths.NewPeer)).QuerySelector("form.form")!;
}
