using Causality.Core;
using Causality.Core.Reconciliation;
using Causality.Storage.Database.Records;
using Causality.Storage.Log.Reconciling;
using Causality.Storage.Tests.Support;

namespace Causality.Storage.Tests.Log;

public abstract class When_the_segment_index_follows_the_log(DatabaseProvider provider) : OnADatabase(provider)
{
    [Fact]
    public async Task Every_replica_is_the_log_while_others_commit()
    {
        // Four writers, two replicas: every refresh that ends at the version of a head must have that head's fingerprint.
        await using var first = await OpenAsync();
        await using var second = await OpenAsync();
        var writing = Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(
            async () =>
            {
                for (var round = 0; round < 8; round++)
                    await (writer % 2 == 0 ? first : second).Log.ImportBatchAsync([Entries.Segment($"s{round % 6}", Entries.Range((writer * 100) + round, 3)), Entries.Segment($"w{writer}-{round}", Entries.Range(round, 2))], null, Cancel);
            },
            Cancel)));
        do
        {
            foreach (var store in new[] { first, second })
            {
                var head = await store.Get<SegmentIndex>().RefreshAsync(Cancel);
                var (version, fingerprint) = store.Get<SegmentIndex>().Read((set, version) => (version, set.Fingerprint(0, set.Count)));
                version.ShouldBeGreaterThanOrEqualTo(head.Version);
                if (version == head.Version)
                    fingerprint.ShouldBe(head.Fingerprint);
            }
        }
        while (!writing.IsCompleted);

        await writing;
        foreach (var store in new[] { first, second })
            await ShouldBeTheLogAsync(store);
    }

    [Fact]
    public async Task It_finds_segments_by_item_and_by_short_id()
    {
        await using var store = await OpenAsync();
        await store.Log.ImportBatchAsync([.. Enumerable.Range(0, 50).Select(number => Entries.Segment($"s{number:d2}", Entries.Range(number * 10, 3)))], null, Cancel);
        var index = store.Get<SegmentIndex>();
        await index.RefreshAsync(Cancel);
        var wanted = (await store.Log.GetSegmentMetadataAsync((SegmentId?)null, 50, Cancel))[7];
        var (item, key) = (ReconciliationItem.Of(wanted), SymbolKey.Random());

        var found = index.Find([ReconciliationRange.Everything], candidate => candidate == item.Id, 10);

        (await store.Log.GetSegmentsOfVersionsAsync(found, Cancel)).ShouldBe([wanted]);
        index.ShortIds(key, [ReconciliationRange.Everything]).ShortIds.ShouldContain(key.ShortId(item.Id));
        index.ShortIds(key, [new(ReconciliationBound.Start, ReconciliationBound.At(item))]).ShortIds.ShouldNotContain(key.ShortId(item.Id));
    }

    [Fact]
    public async Task It_begins_anew_when_the_log_has_gone_back()
    {
        await using var store = await OpenAsync();
        await store.Log.ImportBatchAsync([Entries.Segment("a", Entries.Range(0, 3)), Entries.Segment("b", Entries.Range(10, 3))], null, Cancel);
        var (index, before) = (store.Get<SegmentIndex>(), await store.Log.GetHeadAsync(Cancel));
        await index.RefreshAsync(Cancel);

        await RestoreAsync(store, "a");

        var head = await index.RefreshAsync(Cancel);
        (head.Version, index.Version, index.Count).ShouldBe((before.Version - 1, before.Version - 1, 1));
        await ShouldBeTheLogAsync(store);
    }

    /// <summary>As a backup from before the last import would leave it.</summary>
    private static async Task RestoreAsync(TestStore store, string only)
    {
        var kept = (await Rows.AllAsync<SegmentRecord>(store)).Single(row => row.Id == only);
        await Rows.ChangeAsync(store, database =>
        {
            database.RemoveRange(database.Set<SegmentRecord>().Where(row => row.Id != only));
            var head = database.Set<HeadRecord>().Single();
            head.FingerprintSum = LogFingerprint.Empty.Add(LogFingerprint.ItemOf(new SegmentId(kept.Id), new ContentHash(kept.ContentHash))).SumBytes;
            (head.Version, head.SegmentCount, head.EntryCount, head.SizeBytes) = (kept.ChangedVersion, 1, kept.EntryCount, kept.SizeBytes);
        });
    }

    private static async Task ShouldBeTheLogAsync(TestStore store)
    {
        var index = store.Get<SegmentIndex>();
        var head = await index.RefreshAsync(Cancel);
        var rows = await Rows.AllAsync<SegmentRecord>(store);
        index.Read((set, _) => set.Range(0, set.Count).ToList()).ShouldBe(
            rows.Select(row => new ReconciliationItem(row.StartTimestamp, LogFingerprint.ItemOf(new SegmentId(row.Id), new ContentHash(row.ContentHash)))).Order());
        index.Read((set, version) => (version, set.Fingerprint(0, set.Count))).ShouldBe((head.Version, head.Fingerprint));
    }
}

public sealed class When_the_segment_index_follows_the_log_on_SQLite() : When_the_segment_index_follows_the_log(DatabaseProvider.Sqlite);

public sealed class When_the_segment_index_follows_the_log_on_PostgreSQL() : When_the_segment_index_follows_the_log(DatabaseProvider.PostgreSql);
