using Causality.Core;
using Causality.Storage.Backup;
using Causality.Storage.Database.Records;
using Causality.Storage.Log.Writing;
using Causality.Storage.Maintenance;
using Causality.Storage.Tests.Support;

namespace Causality.Storage.Tests.Backup;

public sealed class When_an_operator_is_backed_up_on_SQLite() : When_an_operator_is_backed_up(DatabaseProvider.Sqlite);

public sealed class When_an_operator_is_backed_up_on_PostgreSQL() : When_an_operator_is_backed_up(DatabaseProvider.PostgreSql);

/// <summary>F41: a backup under load, restored into an empty operator, lacks nothing that had been acknowledged when it began.</summary>
public abstract class When_an_operator_is_backed_up(DatabaseProvider provider) : OnADatabase(provider), IDisposable
{
    private readonly DatabaseProvider _provider = provider;
    private readonly string _backups = Directory.CreateTempSubdirectory("causality-backups-").FullName;

    [Fact]
    public async Task Restoring_what_was_taken_under_load_gives_a_sound_operator_with_everything_acknowledged()
    {
        await using var store = await OpenAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var acknowledged = -1;
        var appending = Task.Run(async () =>
        {
            for (var number = 0; !stop.IsCancellationRequested; number++)
            {
                await store.Log.AppendAsync(Entries.New(number), Cancel);
                Volatile.Write(ref acknowledged, number);
                if (number % 5 == 0)
                    await store.Writer.PublishAsync(Cancel);
                await store.Get<BlobSweeper>().SweepRetiredAsync(TimeSpan.FromSeconds(-1), Cancel);
            }
        }, Cancel);
        while (Volatile.Read(ref acknowledged) < 20)
            await Task.Yield();

        var before = Volatile.Read(ref acknowledged);
        var report = await BackUpAsync(store);
        await stop.CancelAsync();
        await appending;
        await using var target = await Restored.CreateAsync(_provider);
        var restored = await target.RestoreAsync(_backups, cancellationToken: Cancel);
        await using var copy = await target.OpenAsync();
        await copy.Get<JournalAdoption>().AdoptAsync(Cancel);

        report.Manifest.Damaged.ShouldBeEmpty();
        restored.Missing.ShouldBeEmpty();
        (await copy.Get<LogVerifier>().VerifyAsync(new VerifyOptions(), null, Cancel)).IsSound.ShouldBeTrue();
        var ids = (await copy.ReadAsync()).Select(entry => entry.Id).ToHashSet();
        Enumerable.Range(0, before + 1).Where(number => !ids.Contains($"entry-{number}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_table_comes_back_and_counting_goes_on()
    {
        await using var store = await OpenAsync();
        await store.Log.ImportSegmentAsync(Entries.Segment("s", Entries.Range(0, 5)), new OperatorId("beta"), long.MaxValue, Cancel);
        await Rows.ChangeAsync(store, db => db.Add(new PeerRecord { Id = "beta", Address = "https://beta:7443", Pins = new string('a', 64), AddedAt = 1 }));
        await BackUpAsync(store);
        await using var target = await Restored.CreateAsync(_provider);

        await target.RestoreAsync(_backups, cancellationToken: Cancel);

        await using var copy = await target.OpenAsync();
        (await Rows.AllAsync<PeerRecord>(copy)).Single().Address.ShouldBe("https://beta:7443");
        (await copy.Log.GetHeadAsync(Cancel)).ShouldBe(await store.Log.GetHeadAsync(Cancel));
        await copy.Log.ImportSegmentAsync(Entries.Segment("t", Entries.Range(5, 5)), new OperatorId("beta"), long.MaxValue, Cancel);
        (await Rows.AllAsync<ArrivalRecord>(copy)).Select(row => row.Id).ShouldBeUnique();
    }

    [Fact]
    public async Task What_the_restored_operator_writes_has_names_of_its_own()
    {
        await using var store = await OpenAsync();
        await store.Log.AppendAsync(Entries.New(1), Cancel);
        await store.Writer.PublishAsync(Cancel);
        await BackUpAsync(store);
        await store.Log.AppendAsync(Entries.New(2), Cancel);
        await store.Writer.PublishAsync(Cancel);
        await using var target = await Restored.CreateAsync(_provider);
        await target.RestoreAsync(_backups, cancellationToken: Cancel);
        await using var copy = await target.OpenAsync();
        await copy.Get<JournalAdoption>().AdoptAsync(Cancel);

        await copy.Log.AppendAsync(Entries.New(3), Cancel);
        await copy.Writer.PublishAsync(Cancel);

        var lost = (await store.Log.GetSegmentMetadataAsync(null, 100, Cancel)).ToDictionary(segment => segment.Id);
        var mine = await copy.Log.GetSegmentMetadataAsync(null, 100, Cancel);
        mine.Count.ShouldBe(2);
        mine.Single(segment => !lost.ContainsKey(segment.Id)).EntryCount.ShouldBe(1);
        // The segment that both know unites to what the lost operator had.
        var shared = await store.Log.ExportSegmentAsync(lost.Keys.Single(), Cancel);
        await copy.Log.ImportSegmentAsync(shared!, Cancel);
        (await copy.ReadAsync()).Select(entry => entry.Id).ShouldBe(["entry-1", "entry-2", "entry-3"]);
    }

    [Fact]
    public async Task The_second_backup_copies_only_what_is_new()
    {
        await using var store = await OpenAsync();
        await store.Log.ImportSegmentAsync(Entries.Segment("s", Entries.Range(0, 5)), Cancel);
        await BackUpAsync(store);
        await store.Log.ImportSegmentAsync(Entries.Segment("t", Entries.Range(5, 5)), Cancel);

        var second = await BackUpAsync(store);

        (second.BlobsCopied, second.BlobsPresent).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Old_backups_go_with_what_only_they_needed()
    {
        await using var store = await OpenAsync();
        var (first, grown) = (Entries.Segment("s", Entries.Range(0, 5)), Entries.Segment("s", Entries.Range(0, 9)));
        await store.Log.ImportSegmentAsync(first, Cancel);
        await BackUpAsync(store);
        await store.Log.ImportSegmentAsync(grown, Cancel);

        await BackUpAsync(store, keep: 1);

        Directory.GetDirectories(Path.Combine(_backups, "backups")).Length.ShouldBe(1);
        File.Exists(BlobFiles.PathOf(_backups, first.Metadata.ContentHash)).ShouldBeFalse();
        File.Exists(BlobFiles.PathOf(_backups, grown.Metadata.ContentHash)).ShouldBeTrue();
        await using var target = await Restored.CreateAsync(_provider);
        (await target.RestoreAsync(_backups, cancellationToken: Cancel)).Missing.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_is_swept_while_contents_are_copied_and_everything_afterwards()
    {
        await using var store = await OpenAsync();
        await store.Log.ImportSegmentAsync(Entries.Segment("s", Entries.Range(0, 5)), Cancel);
        var orphan = Entries.Segment("o", Entries.Range(5, 5));
        await store.Blobs.PutAsync([new(orphan.Metadata.ContentHash, orphan.Content)], Cancel);
        var sweeper = store.Get<BlobSweeper>();
        int? during = null;

        await store.Get<LogBackup>().BackUpAsync(_backups, null, new At("copying contents", () => during = sweeper.SweepOrphansAsync(TimeSpan.FromHours(-1), Cancel).GetAwaiter().GetResult()), Cancel);

        during.ShouldBe(0);
        (await sweeper.SweepOrphansAsync(TimeSpan.FromHours(-1), Cancel)).ShouldBe(1);
    }

    [Fact]
    public async Task A_damaged_content_is_named_and_does_not_stop_the_rest()
    {
        await using var store = await OpenAsync();
        var (good, bad) = (Entries.Segment("s", Entries.Range(0, 5)), Entries.Segment("t", Entries.Range(5, 5)));
        await store.Log.ImportBatchAsync([good, bad], null, Cancel);
        BlobFiles.Flip(BlobFiles.PathOf(Database.Folder, bad.Metadata.ContentHash));

        var report = await BackUpAsync(store);
        await using var target = await Restored.CreateAsync(_provider);

        report.Manifest.Damaged.ShouldBe([bad.Metadata.ContentHash.ToString()]);
        (await target.RestoreAsync(_backups, cancellationToken: Cancel)).Missing.ShouldBe([bad.Metadata.ContentHash.ToString()]);
        await using var copy = await target.OpenAsync();
        (await copy.Get<LogVerifier>().VerifyAsync(new VerifyOptions(), null, Cancel)).Damages.Single().Segment.ShouldBe(bad.Metadata);
    }

    [Fact]
    public async Task A_backup_with_a_changed_file_is_refused_and_an_earlier_one_taken()
    {
        await using var store = await OpenAsync();
        await store.Log.ImportSegmentAsync(Entries.Segment("s", Entries.Range(0, 5)), Cancel);
        var first = await BackUpAsync(store);
        var second = await BackUpAsync(store);
        BlobFiles.Flip(Path.Combine(second.Folder, second.Manifest.Files[0].Path));
        await using var target = await Restored.CreateAsync(_provider);

        var refused = await Should.ThrowAsync<BackupException>(() => target.RestoreAsync(_backups, cancellationToken: Cancel));

        refused.Message.ShouldContain(second.Manifest.Files[0].Path);
        (await target.RestoreAsync(_backups, first.Manifest.Name, cancellationToken: Cancel)).Missing.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_operator_that_holds_anything_is_not_restored_into()
    {
        await using var store = await OpenAsync();
        await store.Log.ImportSegmentAsync(Entries.Segment("s", Entries.Range(0, 5)), Cancel);
        await BackUpAsync(store);
        await using var target = await Restored.CreateAsync(_provider);
        await using (var used = await target.OpenAsync())
            await used.Log.ImportSegmentAsync(Entries.Segment("mine", Entries.Range(0, 5)), Cancel);

        (await Should.ThrowAsync<BackupException>(() => target.RestoreAsync(_backups, cancellationToken: Cancel))).Message.ShouldStartWith("Nothing was restored");

        await using var kept = await target.OpenAsync();
        (await kept.Log.GetSegmentMetadataAsync(null, 10, Cancel)).Single().Id.Value.ShouldBe("mine");
    }

    [Fact]
    public async Task An_interrupted_restore_keeps_services_out_until_it_has_ended()
    {
        await using var store = await OpenAsync();
        await store.Log.ImportSegmentAsync(Entries.Segment("s", Entries.Range(0, 5)), Cancel);
        await BackUpAsync(store);
        await using var target = await Restored.CreateAsync(_provider);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);

        await Should.ThrowAsync<OperationCanceledException>(() => target.RestoreAsync(_backups, progress: new At("restoring contents", stop.Cancel), cancellationToken: stop.Token));

        (await Should.ThrowAsync<StorageUnavailableException>(() => target.StartAsync(Cancel))).Message.ShouldContain("causality restore");
        (await target.RestoreAsync(_backups, cancellationToken: Cancel)).Missing.ShouldBeEmpty();
        await target.StartAsync(Cancel);
    }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        Directory.Delete(_backups, recursive: true);
    }

    private Task<BackupReport> BackUpAsync(TestStore store, int? keep = null) => store.Get<LogBackup>().BackUpAsync(_backups, keep, null, Cancel);
}
