using Causality.Core;
using Causality.Storage.Database.Records;
using Causality.Storage.Log;
using Causality.Storage.Tests.Support;

namespace Causality.Storage.Tests.Log;

public abstract class When_segments_are_imported(DatabaseProvider provider) : OnADatabase(provider)
{
    private static readonly SegmentId Id = new("s");

    [Fact]
    public async Task An_unknown_one_is_stored_as_it_is()
    {
        await using var store = await OpenAsync();
        var segment = Entries.Segment("s", Entries.Range(0, 10));

        (await store.Log.ImportSegmentAsync(segment, Cancel)).ShouldBe(new ImportResult(ImportOutcome.Stored, segment.Metadata, 10));

        (await store.Log.ExportSegmentAsync(Id, Cancel))!.Content.ToArray().ShouldBe(segment.Content.ToArray());
        (await store.Log.GetSegmentMetadataAsync(null, 10, Cancel)).ShouldBe([segment.Metadata]);
    }

    [Fact]
    public async Task A_second_time_changes_nothing()
    {
        await using var store = await OpenAsync();
        var segment = Entries.Segment("s", Entries.Range(0, 10));
        await store.Log.ImportSegmentAsync(segment, Cancel);
        var head = await store.Log.GetHeadAsync(Cancel);

        (await store.Log.ImportSegmentAsync(segment, Cancel)).ShouldBe(new ImportResult(ImportOutcome.Unchanged, segment.Metadata, 0));
        (await store.Log.ImportSegmentAsync(Entries.Segment("s", Entries.Range(3, 4)), Cancel)).ShouldBe(new ImportResult(ImportOutcome.Unchanged, segment.Metadata, 0));

        (await store.Log.GetHeadAsync(Cancel)).ShouldBe(head);
    }

    [Fact]
    public async Task Different_content_becomes_the_union()
    {
        await using var store = await OpenAsync();
        await store.Log.ImportSegmentAsync(Entries.Segment("s", Entries.Range(0, 10)), Cancel);

        var result = await store.Log.ImportSegmentAsync(Entries.Segment("s", Entries.Range(5, 10)), Cancel);

        result.ShouldBe(new ImportResult(ImportOutcome.Merged, Entries.Segment("s", Entries.Range(0, 15)).Metadata, 5));
        (await store.ReadAsync()).ShouldBe(Entries.Range(0, 15));
    }

    [Fact]
    public async Task One_id_may_come_several_times_in_a_batch()
    {
        await using var store = await OpenAsync();

        var results = await store.Log.ImportBatchAsync(
            [Entries.Segment("s", Entries.Range(0, 4)), Entries.Segment("t", Entries.Range(50, 1)), Entries.Segment("s", Entries.Range(2, 4)), Entries.Segment("s", Entries.Range(0, 6))],
            null, Cancel);

        results.Select(result => (result.Outcome, result.EntriesAdded)).ShouldBe(
            [(ImportOutcome.Stored, 4), (ImportOutcome.Stored, 1), (ImportOutcome.Merged, 2), (ImportOutcome.Unchanged, 0)]);
        (await store.Log.GetHeadAsync(Cancel)).EntryCount.ShouldBe(7);
    }

    [Fact]
    public async Task What_runs_alongside_commits_with_it()
    {
        await using var store = await OpenAsync();

        await store.Log.ImportBatchAsync([Entries.Segment("s", Entries.Range(0, 4))], (db, results, _) =>
        {
            db.Add(new InboxMessage { MessageId = Guid.NewGuid(), Consumer = $"added {results[0].EntriesAdded}" });
            return Task.CompletedTask;
        }, Cancel);

        (await Rows.AllAsync<InboxMessage>(store)).Single().Consumer.ShouldBe("added 4");
    }

    [Fact]
    public async Task What_fails_alongside_takes_everything_back()
    {
        await using var store = await OpenAsync();

        await Should.ThrowAsync<InvalidTimeZoneException>(() => store.Log.ImportBatchAsync(
            [Entries.Segment("s", Entries.Range(0, 4))], (_, _, _) => throw new InvalidTimeZoneException(), Cancel));

        (await store.Log.GetHeadAsync(Cancel)).ShouldBe(new LogHead(0, LogFingerprint.Empty, 0, 0, 0));
        (await store.Log.ImportSegmentAsync(Entries.Segment("s", Entries.Range(0, 4)), Cancel)).Outcome.ShouldBe(ImportOutcome.Stored);
    }

    [Fact]
    public async Task Many_at_once_of_one_segment_converge()
    {
        await using var one = await OpenAsync();
        await using var two = await OpenAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(number => Task.Run(() =>
            (number % 2 == 0 ? one : two).Log.ImportSegmentAsync(Entries.Segment("s", Entries.Range(number * 3, 5)), Cancel))));

        results.Sum(result => result.EntriesAdded).ShouldBe(50);
        var expected = Entries.Segment("s", Entries.Range(0, 50)).Metadata;
        (await one.Log.GetSegmentMetadataAsync([Id], Cancel)).ShouldBe([expected]);
        (await two.Log.ExportSegmentAsync(Id, Cancel))!.Metadata.ShouldBe(expected);
    }

    [Fact]
    public async Task Our_own_active_segment_may_come_back_larger()
    {
        await using var store = await OpenAsync();
        await store.Log.AppendBatchAsync(Entries.Range(0, 5), Cancel);
        await store.Writer.PublishAsync(Cancel);
        var own = (await store.Log.GetSegmentMetadataAsync(null, 1, Cancel))[0];

        await store.Log.ImportSegmentAsync(Entries.Segment(own.Id.Value, Entries.Range(100, 5)), Cancel);
        await store.Log.AppendBatchAsync(Entries.Range(5, 5), Cancel);
        await store.Writer.PublishAsync(Cancel);
        await store.Log.AppendBatchAsync(Entries.Range(10, 5), Cancel);
        await store.Writer.PublishAsync(Cancel);

        (await store.ReadAsync()).ShouldBe([.. Entries.Range(0, 15), .. Entries.Range(100, 5)]);
        (await store.Log.GetHeadAsync(Cancel)).SegmentCount.ShouldBe(1);
    }

    [Fact]
    public async Task A_union_that_is_too_large_is_refused_and_changes_nothing()
    {
        await using var store = await OpenAsync();
        await store.Log.ImportSegmentAsync(Entries.Segment("s", Entries.Range(0, SegmentLimits.MaxEntries)), Cancel);

        var error = await Should.ThrowAsync<SegmentInvalidException>(() => store.Log.ImportSegmentAsync(Entries.Segment("s", Entries.Range(SegmentLimits.MaxEntries, 1)), Cancel));

        error.SegmentId.ShouldBe(Id);
        (await store.Log.GetHeadAsync(Cancel)).EntryCount.ShouldBe(SegmentLimits.MaxEntries);
    }

    [Fact]
    public async Task A_damaged_or_missing_blob_is_named()
    {
        await using var store = await OpenAsync();
        var segment = Entries.Segment("s", Entries.Range(0, 3));
        await store.Log.ImportSegmentAsync(segment, Cancel);
        var hex = segment.Metadata.ContentHash.ToString();
        var path = Path.Combine(Database.Folder, "blobs", "sha256", hex[..2], hex[2..4], hex);

        await File.WriteAllBytesAsync(path, segment.Content.ToArray().Select(b => b == (byte)'1' ? (byte)'2' : b).ToArray(), Cancel);
        (await Should.ThrowAsync<ContentHashMismatchException>(() => store.Log.ExportSegmentAsync(Id, Cancel))).Expected.ShouldBe(segment.Metadata.ContentHash);
        File.Delete(path);
        (await Should.ThrowAsync<SegmentContentMissingException>(() => store.Log.ExportSegmentAsync(Id, Cancel))).ContentHash.ShouldBe(segment.Metadata.ContentHash);
    }

    [Fact]
    public async Task A_content_can_be_opened_by_its_hash_as_long_as_it_is_the_present_one()
    {
        await using var store = await OpenAsync();
        var segment = Entries.Segment("s", Entries.Range(0, 3));
        await store.Log.ImportSegmentAsync(segment, Cancel);

        await using (var opened = (await store.Log.OpenSegmentAsync(Id, segment.Metadata.ContentHash, Cancel)).ShouldNotBeNull())
            opened.Content.Length.ShouldBe(opened.Metadata.SizeBytes);
        await store.Log.ImportSegmentAsync(Entries.Segment("s", Entries.Range(0, 4)), Cancel);

        (await store.Log.OpenSegmentAsync(Id, segment.Metadata.ContentHash, Cancel)).ShouldBeNull();
        (await store.Log.OpenSegmentAsync(new SegmentId("unknown"), null, Cancel)).ShouldBeNull();
        (await store.Log.ExportSegmentAsync(new SegmentId("unknown"), Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task Lists_are_ordinal_and_paged()
    {
        await using var store = await OpenAsync();
        string[] names = ["a", "B", "a.1", "a-1", "Z_9", "0", "aa"];
        await store.Log.ImportBatchAsync([.. names.Select((name, number) => Entries.Segment(name, Entries.New(number)))], null, Cancel);

        var found = new List<string>();
        for (SegmentId? after = null; ;)
        {
            var page = await store.Log.GetSegmentMetadataAsync(after, 3, Cancel);
            found.AddRange(page.Select(segment => segment.Id.Value));
            if (page.Count < 3)
                break;
            after = page[^1].Id;
        }

        found.ShouldBe(names.Order(StringComparer.Ordinal));
        (await store.Log.GetSegmentMetadataAsync([new SegmentId("aa"), new SegmentId("nobody"), new SegmentId("B")], Cancel)).Select(row => row.Id.Value).ShouldBe(["B", "aa"]);
    }

    [Fact]
    public async Task Differences_with_a_peer_are_told()
    {
        await using var store = await OpenAsync();
        await store.Log.ImportBatchAsync([Entries.Segment("same", Entries.New(1)), Entries.Segment("ours", Entries.New(2)), Entries.Segment("s", Entries.New(3))], null, Cancel);

        var diff = await store.Log.GetLogDifferencesAsync(
            [Entries.Segment("same", Entries.New(1)).Metadata, Entries.Segment("theirs", Entries.New(4)).Metadata, Entries.Segment("s", Entries.New(5)).Metadata], Cancel);

        diff.MissingLocally.Single().Id.Value.ShouldBe("theirs");
        diff.MissingRemotely.Single().Id.Value.ShouldBe("ours");
        diff.Differing.Single().Local.Id.Value.ShouldBe("s");
    }
}

public sealed class When_segments_are_imported_on_SQLite() : When_segments_are_imported(DatabaseProvider.Sqlite);

public sealed class When_segments_are_imported_on_PostgreSQL() : When_segments_are_imported(DatabaseProvider.PostgreSql);
