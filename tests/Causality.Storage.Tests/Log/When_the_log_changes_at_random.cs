using Causality.Core;
using Causality.Storage.Database.Records;
using Causality.Storage.Log;
using Causality.Storage.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Causality.Storage.Tests.Log;

public abstract class When_the_log_changes_at_random(DatabaseProvider provider) : OnADatabase(provider)
{
    [Fact]
    public async Task The_head_equals_what_the_rows_add_up_to()
    {
        await using var store = await OpenAsync();
        // Imports of up to four small segments out of six names: many of them merge, some change nothing.
        var segment =
            from name in Gen.Choose(0, 5)
            from first in Gen.Choose(0, 40)
            from count in Gen.Choose(1, 9)
            select Entries.Segment($"s{name}", Entries.Range(first, count));
        foreach (var batch in segment.ListOf(3).Zip(Gen.Choose(1, 3), (list, size) => list.Take(size).ToList()).Sample(30))
        {
            await store.Log.ImportBatchAsync(batch, null, Cancel);
            await store.Log.AppendAsync(Entries.New(Random.Shared.Next(1000, 2000)), Cancel);
            if (batch.Count == 1)
                await store.Writer.PublishAsync(Cancel);

            await ShouldAddUpAsync(store);
        }
    }

    private static async Task ShouldAddUpAsync(TestStore store)
    {
        var rows = await Rows.AllAsync<SegmentRecord>(store);
        var head = await store.Log.GetHeadAsync(Cancel);
        var fingerprint = rows.Aggregate(LogFingerprint.Empty, (sum, row) => sum.Add(LogFingerprint.ItemOf(new SegmentId(row.Id), new ContentHash(row.ContentHash))));

        head.ShouldBe(new LogHead(
            rows.Count == 0 ? 0 : rows.Max(row => row.ChangedVersion), fingerprint, rows.Count, rows.Sum(row => row.EntryCount), rows.Sum(row => row.SizeBytes)));
    }

    [Fact]
    public async Task The_change_feed_misses_nothing_while_many_commit()
    {
        await using var one = await OpenAsync();
        await using var two = await OpenAsync();
        var seen = new Dictionary<SegmentId, ContentHash>();
        var version = 0L;
        var writing = Task.WhenAll(Enumerable.Range(0, 6).Select(writer => Task.Run(async () =>
        {
            for (var round = 0; round < 15; round++)
            {
                await (writer % 2 == 0 ? one : two).Log.ImportBatchAsync(
                    [Entries.Segment($"own-{writer}", Entries.Range(round, 1)), Entries.Segment($"shared-{round % 3}", Entries.Range((writer * 100) + round, 1))], null, Cancel);
            }
        }, Cancel)));

        // What is read once is not read again: a change that became visible behind the cursor would be missed for ever.
        for (var last = false; !last;)
        {
            last = writing.IsCompleted;
            foreach (var change in await one.Log.GetChangesAsync(version, 2, Cancel))
            {
                change.Version.ShouldBeGreaterThan(version);
                (version, seen[change.Metadata.Id], last) = (change.Version, change.Metadata.ContentHash, false);
            }
        }

        await writing;
        var rows = await one.Log.GetSegmentMetadataAsync(null, 100, Cancel);
        seen.OrderBy(pair => pair.Key).ShouldBe(rows.Select(row => new KeyValuePair<SegmentId, ContentHash>(row.Id, row.ContentHash)));
        version.ShouldBe((await one.Log.GetHeadAsync(Cancel)).Version);
    }
}

public sealed class When_the_log_changes_at_random_on_SQLite() : When_the_log_changes_at_random(DatabaseProvider.Sqlite);

public sealed class When_the_log_changes_at_random_on_PostgreSQL() : When_the_log_changes_at_random(DatabaseProvider.PostgreSql);
