using Causality.Contracts;
using Causality.Contracts.Http.Control;
using Causality.Core;
using Causality.Observability.Tests.Tools;
using Causality.Standalone.Embedding;
using Causality.Storage;
using Causality.Storage.Log;
using Causality.Storage.Native;
using Causality.Storage.Observing;

namespace Causality.Observability.Tests.Alerts;

/// <summary>Disks and peers that do not give back what they were given.</summary>
public sealed class When_bytes_are_not_what_they_should_be : IAsyncDisposable
{
    private readonly Operators _operators = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _operators.DisposeAsync();

    [Fact, Proves("ScrubError")]
    public async Task A_damaged_content_is_told_by_whoever_reads_it()
    {
        var one = await _operators.StartAsync("one");
        await Operators.AppendAsync(one, "entry", 50);
        var healthy = Snap(await one.ScrapeAsync());
        var segment = (await one.Log.GetSegmentMetadataAsync(null, 1, Token)).Single();
        Damage(Path.Combine(_operators.FolderOf("one"), "blobs"));

        await Should.ThrowAsync<Exception>(() => one.Log.ExportSegmentAsync(segment.Id, Token));

        (await RuleTrial.FireAsync(healthy, healthy)).ShouldBeEmpty();
        (await RuleTrial.FireAsync(healthy, Snap(await ScrapeAgainAsync(one)))).ShouldBe(["ScrubError"]);
    }

    [Fact, Proves("FsyncError")]
    public async Task A_flush_that_is_refused_is_told()
    {
        var one = await _operators.StartAsync("one");
        var healthy = Snap(await one.ScrapeAsync());

        // The kernel flushes no such device and says so, as it does for a disk that fails.
        using (var device = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.Write))
            Should.Throw<StorageUnavailableException>(() => new LinuxDurability().FlushFile(device, "/dev/null"));

        (await RuleTrial.FireAsync(healthy, Snap(await ScrapeAgainAsync(one)))).ShouldBe(["FsyncError"]);
    }

    [Fact, Proves("HashMismatch")]
    public async Task A_peer_that_sends_other_bytes_is_named()
    {
        var one = await _operators.StartAsync("one");
        var healthy = Snap(await one.ScrapeAsync());
        await using var liar = await ServedProcess.StartAsync("liar");
        await liar.IntroduceAsync(one);
        await liar.AppendAsync(100);
        Damage(Path.Combine(liar.Data, "blobs"));

        var result = await one.SyncManager.SyncWithPeerAsync("liar", new SyncOverrides { MaxRetries = 0 }, cancellationToken: Token);

        result.Reason.ShouldBe(SyncReasons.ContentHashMismatch);
        (await RuleTrial.FireAsync(healthy, Snap(await ScrapeAgainAsync(one)))).ShouldBe(["HashMismatch"]);
    }

    [Fact, Proves("StoreNearlyFull")]
    public async Task A_disk_that_fills_up_is_foreseen()
    {
        var memory = new DirectoryInfo("/dev/shm");
        Assert.SkipUnless(memory.Exists, "there is no disk in memory to fill");
        var folder = memory.CreateSubdirectory($"causality-{Guid.NewGuid():N}");
        try
        {
            var one = await _operators.StartAsync("one", folder: folder.FullName);
            var healthy = Snap(await one.ScrapeUntilAsync(samples => samples.Value("causality_store_free_bytes") > 0, "free space"));
            var free = new DriveInfo(folder.FullName).AvailableFreeSpace;

            // A hundredth of what is free in a minute: full in less than two hours.
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "filler"), new byte[free / 100], Token);
            var sick = Snap(await one.ScrapeUntilAsync(samples => samples.Value("causality_store_free_bytes") < free - free / 110, "less space"));

            (await RuleTrial.FireAsync(healthy, healthy)).ShouldBeEmpty();
            (await RuleTrial.FireAsync(healthy, sick, "causality_store_free_bytes")).ShouldBe(["StoreNearlyFull"]);
        }
        finally
        {
            await _operators.DisposeAsync();
            folder.Delete(recursive: true);
        }
    }

    [Fact, Proves("BackupTooOld")]
    public async Task A_backup_that_was_not_made_again_is_missed()
    {
        var one = await _operators.StartAsync("one");
        BackupMark.Write(_operators.FolderOf("one"), TimeProvider.System.GetUtcNow().AddHours(-20));
        var healthy = Snap(await one.ScrapeUntilAsync(samples => samples.Value("causality_backup_last_success_timestamp_seconds") > 0, "a backup"));

        BackupMark.Write(_operators.FolderOf("one"), TimeProvider.System.GetUtcNow().AddHours(-27));
        var sick = Snap(await one.ScrapeUntilAsync(samples => samples.Value("causality_backup_last_success_timestamp_seconds") < healthy.At - 26 * 3600, "an old backup"));

        (await RuleTrial.FireAsync(healthy, healthy)).ShouldBeEmpty();
        (await RuleTrial.FireAsync(healthy, sick)).ShouldBe(["BackupTooOld"]);
    }

    [Fact]
    public async Task A_backup_that_was_never_made_is_missed_too()
    {
        Promtool.Require();
        var folder = Directory.CreateTempSubdirectory("causality-rules-");
        try
        {
            // Thirty hours: no backup ever; one after twenty hours; ten hours old; and one that does not run any more, which is another alert's matter.
            var file = Path.Combine(folder.FullName, "trial.yml");
            await File.WriteAllTextAsync(file, $$"""
                rule_files: ['{{RuleTrial.RulesFile}}']
                evaluation_interval: 10m
                tests:
                  - interval: 10m
                    input_series:
                      - { series: 'causality_store_free_bytes{operator="careless"}', values: '1x180' }
                      - { series: 'causality_store_free_bytes{operator="careful"}', values: '1x180' }
                      - { series: 'causality_backup_last_success_timestamp_seconds{operator="careful"}', values: '_x120 72000x60' }
                      - { series: 'causality_store_free_bytes{operator="young"}', values: '_x120 1x60' }
                      - { series: 'causality_store_free_bytes{operator="gone"}', values: '1x60' }
                    alert_rule_test:
                      - { eval_time: 25h, alertname: BackupTooOld }
                      - eval_time: 29h
                        alertname: BackupTooOld
                        exp_alerts:
                          - exp_labels: { severity: ticket, operator: careless }
                            exp_annotations: { summary: 'There is no backup of the last 1d 2h 0m 0s', runbook: infra/runbooks/BackupTooOld.md }
                """, Token);

            var (code, output) = await Promtool.RunAsync(null, "test", "rules", file);

            code.ShouldBe(0, output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Snapshot Snap(string page) => Snapshot.Of(("standalone", page));

    // The page is written once a second at most.
    private static async Task<string> ScrapeAgainAsync(CausalityOperator one)
    {
        var before = await one.ScrapeAsync();
        return await one.ScrapeUntilAsync(samples => samples.Value("dotnet_gc_heap_total_allocated_bytes_total") != Sample.ReadPage(before).Value("dotnet_gc_heap_total_allocated_bytes_total"), "a new page");
    }

    private static void Damage(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
            stream.Position = stream.Length / 2;
            var found = stream.ReadByte();
            stream.Position--;
            stream.WriteByte((byte)(found ^ 1));
        }
    }
}
