using Causality.Core;
using Causality.Storage.Database.Records;
using Causality.Storage.Maintenance;
using Causality.Storage.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.Storage.Tests.Maintenance;

public sealed class When_a_store_is_verified_on_SQLite() : When_a_store_is_verified(DatabaseProvider.Sqlite);

public sealed class When_a_store_is_verified_on_PostgreSQL() : When_a_store_is_verified(DatabaseProvider.PostgreSql);

/// <summary>F39: whatever a disk does to contents, verifying finds it, and nobody is given the wrong bytes.</summary>
public abstract class When_a_store_is_verified(DatabaseProvider provider) : OnADatabase(provider)
{
    private static readonly (string Kind, Action<string> Do)[] Ways =
    [
        (DamageKinds.WrongHash, BlobFiles.Flip), (DamageKinds.WrongSize, BlobFiles.Truncate), (DamageKinds.WrongSize, BlobFiles.Extend),
        (DamageKinds.Missing, BlobFiles.Delete), (DamageKinds.Unreadable, BlobFiles.MakeUnreadable),
    ];

    [Fact]
    public async Task An_empty_store_is_sound()
    {
        await using var store = await OpenAsync();

        var report = await VerifyAsync(store);

        (report.IsSound, report.Segments, report.HeadFault).ShouldBe((true, 0, null));
    }

    [Fact]
    public async Task A_store_in_use_is_sound_at_any_moment()
    {
        await using var store = await OpenAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var appending = Task.Run(async () =>
        {
            for (var number = 0; !stop.IsCancellationRequested; number++)
            {
                await store.Log.AppendAsync(Entries.New(number), Cancel);
                await store.Writer.PublishAsync(Cancel);
                await store.Get<Storage.Log.Writing.BlobSweeper>().SweepRetiredAsync(TimeSpan.FromSeconds(-1), Cancel);
            }
        }, Cancel);

        for (var round = 0; round < 5; round++)
            (await VerifyAsync(store)).ShouldSatisfyAllConditions(report => report.Damages.ShouldBeEmpty(), report => report.HeadFault.ShouldBeNull());
        await stop.CancelAsync();
        await appending;
    }

    [Fact]
    public async Task Each_of_a_thousand_damages_is_found_and_repaired_from_another_copy()
    {
        await using var store = await OpenAsync();
        var segments = Enumerable.Range(0, 1_000).Select(number => Entries.Segment($"s-{number:0000}", Entries.Range(number * 2, 2))).ToList();
        await store.Log.ImportBatchAsync(segments, null, Cancel);
        var expected = segments.Select((segment, number) => (segment.Metadata.Id, Ways[number % Ways.Length].Kind)).ToList();
        for (var number = 0; number < segments.Count; number++)
            Ways[number % Ways.Length].Do(PathOf(segments[number]));

        var found = await VerifyAsync(store);
        var repaired = await VerifyAsync(store, new OtherCopy(segments));

        found.IsSound.ShouldBeFalse();
        found.Damages.Select(damage => (damage.Segment.Id, damage.Kind)).ShouldBe(expected);
        found.Damages.ShouldAllBe(damage => damage.RepairedFrom == null && damage.Detail.Length > 0);
        (repaired.IsSound, repaired.Repaired).ShouldBe((true, 1_000));
        (await VerifyAsync(store)).IsSound.ShouldBeTrue();
        (await store.ReadAsync()).Count.ShouldBe(2_000);
        // Kept for examination: everything but what was missing.
        Directory.EnumerateFileSystemEntries(Path.Combine(Database.Folder, "blobs", "damaged")).Count().ShouldBe(800);
    }

    [Fact]
    public async Task A_content_that_only_pretends_to_be_the_one_is_not_stored()
    {
        await using var store = await OpenAsync();
        var segment = Entries.Segment("s", Entries.Range(0, 3));
        await store.Log.ImportSegmentAsync(segment, Cancel);
        BlobFiles.Flip(PathOf(segment));

        var report = await VerifyAsync(store, new OtherCopy([], lies: true));

        report.IsSound.ShouldBeFalse();
        report.Damages.Single().NotRepaired.ShouldBe("beta sent another content");
        (await store.Blobs.OpenAsync(segment.Metadata.ContentHash, Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task What_nobody_has_stays_named_and_out_of_sight()
    {
        await using var store = await OpenAsync();
        var segment = Entries.Segment("s", Entries.Range(0, 3));
        await store.Log.ImportSegmentAsync(segment, Cancel);
        BlobFiles.Flip(PathOf(segment));

        (await VerifyAsync(store, new OtherCopy([]))).Damages.Single().NotRepaired.ShouldBe("beta");
        var again = (await VerifyAsync(store)).Damages.Single();

        again.Kind.ShouldBe(DamageKinds.Missing);
    }

    [Fact]
    public async Task A_head_that_does_not_fit_its_rows_is_told()
    {
        await using var store = await OpenAsync();
        await store.Log.ImportSegmentAsync(Entries.Segment("s", Entries.Range(0, 3)), Cancel);
        await Rows.ChangeAsync(store, db => db.Set<HeadRecord>().Single().EntryCount = 7);

        var report = await VerifyAsync(store);

        report.IsSound.ShouldBeFalse();
        report.HeadFault!.ShouldContain("7 entries");
        report.Damages.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_row_that_does_not_tell_the_truth_about_its_content_is_told()
    {
        await using var store = await OpenAsync();
        await store.Log.ImportSegmentAsync(Entries.Segment("s", Entries.Range(0, 3)), Cancel);
        await Rows.ChangeAsync(store, db => db.Set<SegmentRecord>().Single().EndTimestamp += 1);

        (await VerifyAsync(store, new OtherCopy([]))).Damages.Single().ShouldSatisfyAllConditions(
            damage => damage.Kind.ShouldBe(DamageKinds.WrongRow), damage => damage.RepairedFrom.ShouldBeNull());
    }

    [Fact]
    public async Task Space_that_could_be_had_is_counted_and_no_damage()
    {
        await using var store = await OpenAsync();
        var orphan = Entries.Segment("s", Entries.Range(0, 3));
        await store.Blobs.PutAsync([new(orphan.Metadata.ContentHash, orphan.Content)], Cancel);
        File.WriteAllText(Path.Combine(Database.Folder, "blobs", "tmp", "left.tmp"), "half");
        File.SetLastWriteTimeUtc(PathOf(orphan), DateTime.UtcNow.AddHours(-2));
        File.SetLastWriteTimeUtc(Path.Combine(Database.Folder, "blobs", "tmp", "left.tmp"), DateTime.UtcNow.AddHours(-2));

        var report = await VerifyAsync(store);
        var would = await store.Get<GarbageCollector>().CollectAsync(TimeSpan.FromHours(1), dryRun: true, Cancel);
        var done = await store.Get<GarbageCollector>().CollectAsync(TimeSpan.FromHours(1), dryRun: false, Cancel);

        (report.IsSound, report.Orphans.Count, report.Temporary.Count, report.Temporary.SizeBytes).ShouldBe((true, 1, 1, 4));
        (would.Orphans, would.Temporary).ShouldBe((report.Orphans, report.Temporary));
        (done.Orphans, done.Temporary).ShouldBe((report.Orphans, report.Temporary));
        (await VerifyAsync(store)).ShouldSatisfyAllConditions(after => after.Orphans.Count.ShouldBe(0), after => after.Temporary.Count.ShouldBe(0));
    }

    [Fact]
    public async Task A_journal_that_was_damaged_is_remembered()
    {
        await using var store = await OpenAsync();
        Directory.CreateDirectory(Path.Combine(Database.Folder, "active"));
        File.WriteAllText(Path.Combine(Database.Folder, "active", "alpha.1.journal.damaged"), "");

        (await VerifyAsync(store)).ShouldSatisfyAllConditions(report => report.IsSound.ShouldBeFalse(), report => report.DamagedJournals.Count.ShouldBe(1));
    }

    [Fact]
    public async Task The_slow_pass_finds_counts_and_mends()
    {
        var segments = Enumerable.Range(0, 4).Select(number => Entries.Segment($"s-{number}", Entries.Range(number * 2, 2))).ToList();
        await using var store = await OpenAsync(services => services.AddSingleton<ISegmentSource>(new OtherCopy(segments.Take(2))));
        await store.Log.ImportBatchAsync(segments, null, Cancel);
        BlobFiles.Flip(PathOf(segments[1]));
        BlobFiles.Flip(PathOf(segments[3]));
        var scrubber = ActivatorUtilities.CreateInstance<LogScrubber>(store.Get<IServiceProvider>());

        (await scrubber.RunPassAsync(Cancel)).ShouldBe((4, 2));

        (await store.Log.ExportSegmentAsync(segments[1].Metadata.Id, Cancel))!.Metadata.ShouldBe(segments[1].Metadata);
        (await store.Blobs.OpenAsync(segments[3].Metadata.ContentHash, Cancel)).ShouldBeNull();
        (await VerifyAsync(store)).Damages.Single().Kind.ShouldBe(DamageKinds.Missing);
    }

    private static Task<VerifyReport> VerifyAsync(TestStore store, ISegmentSource? source = null) =>
        store.Get<LogVerifier>().VerifyAsync(new VerifyOptions { Parallelism = 4, RepairFrom = source }, null, Cancel);

    private string PathOf(LogSegment segment) => BlobFiles.PathOf(Database.Folder, segment.Metadata.ContentHash);
}
