using Causality.Core;
using Causality.Storage.Log;
using Causality.Storage.Log.Index;
using Causality.Storage.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.Storage.Tests.Log;

public abstract class When_the_log_is_read(DatabaseProvider provider) : OnADatabase(provider)
{
    private static readonly LogEntry Early = Entries.New("x", 10, "\"early\"");
    private static readonly LogEntry Late = Entries.New("x", 20, "\"late\"");

    [Fact]
    public async Task Segments_are_merged_in_order_and_an_entry_in_two_is_shown_once()
    {
        await using var store = await OpenAsync();
        var entries = Entries.Range(0, 300);
        await store.Log.ImportBatchAsync(
            [.. Enumerable.Range(0, 7).Select(part => Entries.Segment($"s{part}", entries.Where((_, index) => index % 7 == part || index % 11 == part)))], null, Cancel);
        await store.Log.AppendBatchAsync(Entries.Range(290, 20), Cancel);

        (await store.ReadAsync()).ShouldBe(Entries.Range(0, 310));
        (await store.ReadAsync(new LogQuery { AllVersions = true })).ShouldBe(Entries.Range(0, 310));
        (await store.Log.CountAsync(Cancel)).ShouldBe(310);
    }

    [Fact]
    public async Task A_range_includes_both_ends()
    {
        await using var store = await OpenAsync();
        await store.Log.ImportBatchAsync([Entries.Segment("s", Entries.Range(0, 50)), Entries.Segment("t", Entries.Range(50, 50))], null, Cancel);
        await store.Log.AppendBatchAsync(Entries.Range(100, 5), Cancel);

        (await RangeAsync(store, 40, 60)).ShouldBe(Entries.Range(40, 21));
        (await RangeAsync(store, 99, 101)).ShouldBe(Entries.Range(99, 3));
        (await RangeAsync(store, 500, 600)).ShouldBeEmpty();
        (await RangeAsync(store, 60, 40)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cursor_goes_on_where_the_page_ended()
    {
        await using var store = await OpenAsync();
        var entries = Enumerable.Range(0, 90).Select(number => Entries.New($"e{number}", number / 4)).OrderBy(entry => entry.Key).ToList();
        await store.Log.ImportBatchAsync([Entries.Segment("s", entries.Where((_, index) => index % 2 == 0)), Entries.Segment("t", entries.Where((_, index) => index % 2 == 1))], null, Cancel);

        var found = new List<LogEntry>();
        for (EntryKey? after = null; found.Count < 90; after = found[^1].Key)
            found.AddRange((await store.ReadAsync(new LogQuery { After = after })).Take(7));

        found.ShouldBe(entries);
        (await store.ReadAsync(new LogQuery { After = entries[^1].Key })).ShouldBeEmpty();
    }

    [Fact]
    public async Task Long_lines_are_read_whole()
    {
        await using var store = await OpenAsync();
        var entries = Enumerable.Range(0, 6).Select(number => Entries.New($"long{number}", number, $"\"{new string('x', number * 60_000)}\"")).ToList();
        await store.Log.ImportSegmentAsync(Entries.Segment("s", entries), Cancel);

        (await store.ReadAsync()).ShouldBe(entries);
        (await store.Log.GetByIdAsync("long5", Cancel)).ShouldBe(entries[5]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_latest_version_of_an_id_is_shown(bool latestFirst)
    {
        await using var store = await OpenAsync();
        await store.Log.ImportSegmentAsync(Entries.Segment("s", latestFirst ? Late : Early), Cancel);
        (await store.Log.GetByIdAsync("x", Cancel)).ShouldBe(latestFirst ? Late : Early);
        await store.Log.ImportSegmentAsync(Entries.Segment("t", latestFirst ? Early : Late, Entries.New(15)), Cancel);

        (await store.ReadAsync()).ShouldBe([Entries.New(15), Late]);
        (await store.ReadAsync(new LogQuery { AllVersions = true })).ShouldBe([Early, Entries.New(15), Late]);
        (await store.Log.GetByIdAsync("x", Cancel)).ShouldBe(Late);
        (await store.Log.CountAsync(Cancel)).ShouldBe(3);
    }

    [Fact]
    public async Task Another_rule_may_show_another_version()
    {
        await using var store = await OpenAsync(services => services.AddSingleton<IViewRule>(new Shows(Early.Key)));
        await store.Log.ImportBatchAsync([Entries.Segment("s", Early), Entries.Segment("t", Late)], null, Cancel);

        (await store.ReadAsync()).ShouldBe([Early]);
        (await store.Log.GetByIdAsync("x", Cancel)).ShouldBe(Early);
    }

    [Fact]
    public async Task Unknown_ids_are_null()
    {
        await using var store = await OpenAsync();

        (await store.Log.GetByIdAsync("nobody", Cancel)).ShouldBeNull();
        (await store.ReadAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_segment_that_grows_meanwhile_is_read_on()
    {
        await using var store = await OpenAsync();
        await store.Log.ImportSegmentAsync(Entries.Segment("s", Entries.Range(0, 2_000)), Cancel);
        var before = (await store.Log.GetSegmentMetadataAsync(null, 1, Cancel))[0];
        var found = new List<LogEntry>();

        await foreach (var entry in store.Log.ReadAsync(new LogQuery(), Cancel))
        {
            found.Add(entry);
            if (found.Count != 10)
                continue;

            await store.Log.ImportSegmentAsync(Entries.Segment("s", Entries.Range(2_000, 10)), Cancel);
            await store.Blobs.DeleteAsync(before.ContentHash, Cancel);
        }

        found.ShouldBe(Entries.Range(0, 2_010));
    }

    private static async Task<List<LogEntry>> RangeAsync(TestStore store, long from, long to)
    {
        var entries = new List<LogEntry>();
        await foreach (var entry in store.Log.ReadTimeRangeAsync(Entries.Epoch + from, Entries.Epoch + to, Cancel))
            entries.Add(entry);
        return entries;
    }

    private sealed class Shows(EntryKey key) : IViewRule
    {
        public ValueTask RefreshAsync(CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public ContentHash WinnerOf(string entryId, EntryKey latest, Func<IReadOnlyList<EntryVersion>> versions) => key.Hash;

        public bool IsHidden(ContentHash entry) => false;
    }
}

public sealed class When_the_log_is_read_on_SQLite() : When_the_log_is_read(DatabaseProvider.Sqlite);

public sealed class When_the_log_is_read_on_PostgreSQL() : When_the_log_is_read(DatabaseProvider.PostgreSql);
