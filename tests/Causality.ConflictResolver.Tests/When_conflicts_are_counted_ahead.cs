using Causality.ConflictResolver.Tests.Hosting;
using Causality.Contracts;
using Causality.Core;
using static Causality.ConflictResolver.Tests.Hosting.ResolverHost;

namespace Causality.ConflictResolver.Tests;

public sealed class When_conflicts_are_counted_ahead
{
    [Fact]
    public async Task Should_count_each_id_that_would_have_several_contents_once_and_write_nothing()
    {
        await using var resolver = await StartAsync();
        await resolver.HasAsync(Segment("ours", Version("x", 10), Version("same", 1), Version("y", 3)));

        var counted = await resolver.CountAsync(Version("x", 20), Version("x", 30), Version("same", 1), Version("new", 5), Version("twice", 6), Version("twice", 7));

        counted.ShouldBe(2, "x, and twice, which comes in two contents");
        (await resolver.LedgerAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_not_count_what_is_in_conflict_already_and_brings_nothing_new()
    {
        await using var resolver = await StartAsync();
        await resolver.HasAsync(Segment("ours", Version("x", 10), Version("x", 20)));

        (await resolver.CountAsync(Version("x", 20))).ShouldBe(0);
        (await resolver.CountAsync(Version("x", 30))).ShouldBe(1);
    }

    [Fact]
    public async Task Should_count_what_the_sync_then_finds()
    {
        await using var resolver = await StartAsync();
        await resolver.HasAsync(Segment("ours", [.. Enumerable.Range(0, 50).Select(number => Version($"id-{number}", number))]));
        LogEntry[] incoming = [.. Enumerable.Range(25, 50).Select(number => Version($"id-{number}", number % 3 == 0 ? number : 1_000 + number))];

        var counted = await resolver.CountAsync(incoming);
        var found = await resolver.ResolveAsync(await resolver.BringAsync(Segment("theirs", incoming)));

        counted.ShouldBe(found);
        found.ShouldBeGreaterThan(0);
    }
}
