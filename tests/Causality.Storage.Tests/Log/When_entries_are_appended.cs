using Causality.Core;
using Causality.Storage.Log;
using Causality.Storage.Tests.Support;

namespace Causality.Storage.Tests.Log;

public abstract class When_entries_are_appended(DatabaseProvider provider) : OnADatabase(provider)
{
    [Fact]
    public async Task They_can_be_read_at_once_and_after_publishing()
    {
        await using var store = await OpenAsync();
        (await store.Log.AppendBatchAsync(Entries.Range(0, 100), Cancel)).ShouldBe(new AppendResult(100, 0));

        (await store.ReadAsync()).ShouldBe(Entries.Range(0, 100));
        (await store.Log.CountAsync(Cancel)).ShouldBe(100);
        (await store.Log.GetHeadAsync(Cancel)).Version.ShouldBe(0);

        await store.Writer.PublishAsync(Cancel);
        (await store.ReadAsync()).ShouldBe(Entries.Range(0, 100));
        (await store.Log.CountAsync(Cancel)).ShouldBe(100);
        (await store.Log.GetHeadAsync(Cancel)).EntryCount.ShouldBe(100);
    }

    [Fact]
    public async Task Another_service_reads_them_after_publishing()
    {
        await using var writer = await OpenAsync();
        await using var reader = await OpenAsync();
        await writer.Log.AppendBatchAsync(Entries.Range(0, 10), Cancel);
        (await reader.Log.CountAsync(Cancel)).ShouldBe(0);

        await writer.Writer.PublishAsync(Cancel);

        (await reader.ReadAsync()).ShouldBe(Entries.Range(0, 10));
        (await reader.Log.GetByIdAsync("entry-7", Cancel)).ShouldBe(Entries.New(7));
    }

    [Fact]
    public async Task The_order_is_that_of_time_and_hash_whatever_the_order_of_arrival()
    {
        await using var store = await OpenAsync();
        var entries = Enumerable.Range(0, 60).Select(number => Entries.New($"e{number}", number / 3)).ToList();
        foreach (var batch in Enumerable.Reverse(entries).Chunk(7))
            await store.Log.AppendBatchAsync(batch, Cancel);

        (await store.ReadAsync()).ShouldBe(entries.OrderBy(entry => entry.Key));
    }

    [Fact]
    public async Task Appending_twice_is_harmless()
    {
        await using var store = await OpenAsync();
        await store.Log.AppendBatchAsync(Entries.Range(0, 5), Cancel);

        (await store.Log.AppendBatchAsync(Entries.Range(3, 5), Cancel)).ShouldBe(new AppendResult(3, 2));
        await store.Writer.PublishAsync(Cancel);
        (await store.Log.AppendBatchAsync([.. Entries.Range(0, 8), Entries.New(0)], Cancel)).ShouldBe(new AppendResult(0, 9));
        (await store.Log.CountAsync(Cancel)).ShouldBe(8);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_id_with_other_content_refuses_the_whole_batch(bool published)
    {
        await using var store = await OpenAsync();
        await store.Log.AppendAsync(Entries.New("taken", 1), Cancel);
        if (published)
            await store.Writer.PublishAsync(Cancel);

        List<LogEntry> batch = [Entries.New("new", 2), Entries.New("taken", 1, "2")];
        var error = await Should.ThrowAsync<DuplicateEntryException>(() => store.Log.AppendBatchAsync(batch, Cancel));

        (error.EntryId, error.Index, error.Existing, error.Offered).ShouldBe(("taken", 1, Entries.New("taken", 1).Hash, batch[1].Hash));
        await Should.ThrowAsync<DuplicateEntryException>(() => store.Log.CheckBatchAsync(batch, Cancel));
        (await store.ReadAsync()).ShouldBe([Entries.New("taken", 1)]);
    }

    [Fact]
    public async Task An_id_twice_in_a_batch_with_other_content_refuses_it()
    {
        await using var store = await OpenAsync();

        var error = await Should.ThrowAsync<DuplicateEntryException>(
            () => store.Log.AppendBatchAsync([Entries.New("a", 1), Entries.New("b", 1), Entries.New("a", 2)], Cancel));

        error.Index.ShouldBe(2);
        (await store.Log.CountAsync(Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task Batches_that_come_together_are_each_all_or_nothing()
    {
        await using var store = await OpenAsync();

        // All of them want the id "contested"; the group commit writes many at once, and one may win.
        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(async number =>
        {
            try
            {
                return (await store.Log.AppendBatchAsync([Entries.New($"own-{number}", number), Entries.New("contested", 1, $"{number}")], Cancel)).Appended;
            }
            catch (DuplicateEntryException)
            {
                return 0;
            }
        }));

        results.Order().ShouldBe(Enumerable.Repeat(0, 39).Append(2));
        (await store.Log.CountAsync(Cancel)).ShouldBe(2);
    }

    [Fact]
    public async Task Checking_changes_nothing()
    {
        await using var store = await OpenAsync();
        await store.Log.AppendAsync(Entries.New(1), Cancel);

        (await store.Log.CheckBatchAsync(Entries.Range(0, 4), Cancel)).ShouldBe(new AppendResult(3, 1));

        (await store.Log.CountAsync(Cancel)).ShouldBe(1);
    }

    [Fact]
    public async Task A_batch_out_of_bounds_is_refused()
    {
        await using var store = await OpenAsync();

        await Should.ThrowAsync<ArgumentException>(() => store.Log.AppendBatchAsync([], Cancel));
        await Should.ThrowAsync<ArgumentException>(() => store.Log.AppendBatchAsync(Entries.Range(0, AppendLimits.MaxBatchEntries + 1), Cancel));
    }

    [Fact]
    public async Task A_full_segment_makes_room_for_the_next()
    {
        await using var store = await OpenAsync();
        for (var first = 0; first < 25_000; first += 5_000)
            await store.Log.AppendBatchAsync(Entries.Range(first, 5_000), Cancel);
        await store.Writer.PublishAsync(Cancel);

        var segments = await store.Log.GetSegmentMetadataAsync(null, 100, Cancel);

        segments.Select(segment => segment.EntryCount).Order().ShouldBe([5_000, 10_000, 10_000]);
        segments.ShouldAllBe(segment => segment.Origin == new OperatorId("alpha") && segment.Id.Value.StartsWith("alpha.20"));
        (await store.Log.CountAsync(Cancel)).ShouldBe(25_000);
        Directory.GetFiles(Path.Combine(Database.Folder, "active")).Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_graceful_end_publishes_everything_and_leaves_no_journal()
    {
        await using (var store = await OpenAsync())
            await store.Log.AppendBatchAsync(Entries.Range(0, 10), Cancel);

        Directory.GetFiles(Path.Combine(Database.Folder, "active")).ShouldBeEmpty();
        await using var next = await OpenAsync();
        (await next.Log.GetHeadAsync(Cancel)).EntryCount.ShouldBe(10);
    }

    [Fact]
    public async Task Several_writers_have_their_own_segments()
    {
        await using var one = await OpenAsync();
        await using var two = await OpenAsync();
        await one.Log.AppendBatchAsync(Entries.Range(0, 10), Cancel);
        await two.Log.AppendBatchAsync(Entries.Range(10, 10), Cancel);
        await Task.WhenAll(one.Writer.PublishAsync(Cancel), two.Writer.PublishAsync(Cancel));

        (await one.Log.GetHeadAsync(Cancel)).SegmentCount.ShouldBe(2);
        (await two.ReadAsync()).ShouldBe(Entries.Range(0, 20));
    }
}

public sealed class When_entries_are_appended_on_SQLite() : When_entries_are_appended(DatabaseProvider.Sqlite);

public sealed class When_entries_are_appended_on_PostgreSQL() : When_entries_are_appended(DatabaseProvider.PostgreSql);
