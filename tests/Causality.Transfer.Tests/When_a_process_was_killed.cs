using Causality.Contracts;
using Causality.Core;
using Causality.Storage.Database.Records;
using Causality.Storage.Log.Staging;
using Causality.TestKit.Fakes;
using Causality.TestKit.Operators;
using Causality.Transfer.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.Transfer.Tests;

/// <summary>What a process had received and not committed when it was killed: its files lie there as they were, and nobody holds them.</summary>
public sealed class When_a_process_was_killed
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_ask_for_nothing_again_that_had_come_whole()
    {
        await using var transfer = await TransferHost.StartAsync();
        var segments = Enumerable.Range(0, 4).Select(number => Samples.Segment($"s-{number}", number * 10, 10, "beta")).ToList();
        var syncId = await transfer.PlanAsync(segments);
        await DieAsync(transfer, syncId, (segments[0], null), (segments[2], null));

        var answer = await transfer.TransferAsync(transfer.Command(syncId));

        transfer.Peer.Asked.ShouldBe(["s-1", "s-3"], ignoreOrder: true);
        (answer.SegmentsSynced, answer.EntriesSynced, answer.BytesReceived).ShouldBe((4L, 40L, segments.Sum(segment => (long)segment.Content.Length)));
        (await transfer.Host.Log.CountAsync(Cancelled)).ShouldBe(40);
        Left(transfer).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_find_parts_and_what_is_to_be_united_again()
    {
        await using var transfer = await TransferHost.StartAsync();
        var (part, whole) = (Samples.Segment("part", 0, 20, "beta"), Samples.Segment("united", 105, 20, "beta"));
        await transfer.Host.Log.ImportBatchAsync([Samples.Segment("part", 0, 15), Samples.Segment("united", 100, 10)], null, Cancelled);
        var syncId = Guid.NewGuid();
        var wanted = Enumerable.Range(15, 5).Select(number => Samples.Entry(number)).ToList();
        await transfer.Host.AddToPlanAsync(syncId, part.Metadata, wanted.Select(entry => entry.Hash));
        await transfer.Host.AddToPlanAsync(syncId, whole.Metadata, null);
        await DieAsync(transfer, syncId, (LogSegment.FromEntries(part.Metadata.Id, part.Metadata.Origin, wanted), part.Metadata.ContentHash), (whole, whole.Metadata.ContentHash));

        var answer = await transfer.TransferAsync(transfer.Command(syncId));

        transfer.Peer.Asked.ShouldBeEmpty();
        (answer.SegmentsSynced, answer.EntriesSynced).ShouldBe((2L, 20L));
        (await transfer.Host.Log.CountAsync(Cancelled)).ShouldBe(45);
        Left(transfer).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_not_believe_a_file_that_is_damaged()
    {
        await using var transfer = await TransferHost.StartAsync();
        var segment = Samples.Segment("s", 0, 10, "beta");
        var syncId = await transfer.PlanAsync(segment);
        await DieAsync(transfer, syncId, (segment, null));
        var file = Left(transfer).Single(path => path.EndsWith(".tmp", StringComparison.Ordinal));
        var bytes = await File.ReadAllBytesAsync(file, Cancelled);
        bytes[^5] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, Cancelled);

        await transfer.TransferAsync(transfer.Command(syncId));

        transfer.Peer.Asked.ShouldBe(["s"]);
        (await transfer.Host.Log.ExportSegmentAsync(segment.Metadata.Id, Cancelled)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Should_not_take_what_came_for_another_sync()
    {
        await using var transfer = await TransferHost.StartAsync();
        var segment = Samples.Segment("s", 0, 10, "beta");
        var syncId = await transfer.PlanAsync(segment);
        await DieAsync(transfer, Guid.NewGuid(), (segment, null));

        await transfer.TransferAsync(transfer.Command(syncId));

        transfer.Peer.Asked.ShouldBe(["s"]);
    }

    [Fact]
    public async Task Should_leave_alone_what_a_living_process_holds()
    {
        await using var transfer = await TransferHost.StartAsync();
        var segment = Samples.Segment("s", 0, 10, "beta");
        var syncId = await transfer.PlanAsync(segment);
        await using var living = transfer.Host.Services.GetRequiredService<IImportStaging>().Begin(syncId);
        await living.AddAsync(segment, isNew: true, Cancelled);
        await living.StageAsync(segment, segment.Metadata.ContentHash, isNew: true, Cancelled);

        await transfer.TransferAsync(transfer.Command(syncId));

        transfer.Peer.Asked.ShouldBe(["s"]);
        (await living.CommitAsync(null, Cancelled)).Count.ShouldBe(1, "its file is still there");
    }

    [Fact]
    public async Task Should_find_what_had_its_name_already_and_no_row()
    {
        await using var transfer = await TransferHost.StartAsync();
        var segment = Samples.Segment("s", 0, 10, "beta");
        var syncId = await transfer.PlanAsync(segment);
        await DieAsync(transfer, syncId, (segment, null));
        var hex = segment.Metadata.ContentHash.ToString();
        var named = Path.Combine(transfer.Folder, "blobs", "sha256", hex[..2], hex[2..4], hex);
        Directory.CreateDirectory(Path.GetDirectoryName(named)!);
        File.Move(Left(transfer).Single(path => path.EndsWith(".tmp", StringComparison.Ordinal)), named);

        await transfer.TransferAsync(transfer.Command(syncId));

        transfer.Peer.Asked.ShouldBeEmpty();
    }

    /// <summary>Receives segments, up to the moment before the commit, and leaves behind what a killed process leaves.</summary>
    private static async Task DieAsync(TransferHost transfer, Guid syncId, params (LogSegment Segment, ContentHash? KeptFor)[] received)
    {
        var aside = Directory.CreateTempSubdirectory("causality-killed-");
        await using (var import = transfer.Host.Services.GetRequiredService<IImportStaging>().Begin(syncId))
        {
            foreach (var (segment, keptFor) in received)
            {
                await import.AddAsync(segment, keptFor is null, Cancelled);
                await import.StageAsync(segment, keptFor ?? segment.Metadata.ContentHash, keptFor is null, Cancelled);
            }

            foreach (var path in Left(transfer))
                await CopyAsync(path, Path.Combine(aside.FullName, Path.GetFileName(path)));
        }

        foreach (var file in aside.EnumerateFiles())
            file.MoveTo(Path.Combine(transfer.Folder, "blobs", "tmp", file.Name));
        aside.Delete(recursive: true);
    }

    // The journal is locked against other programs' opening it, not against reading by those who ask for no lock.
    private static async Task CopyAsync(string from, string to)
    {
        using var process = System.Diagnostics.Process.Start("cp", [from, to]);
        await process.WaitForExitAsync(Cancelled);
        process.ExitCode.ShouldBe(0);
    }

    private static List<string> Left(TransferHost transfer) =>
        Directory.Exists(Path.Combine(transfer.Folder, "blobs", "tmp")) ? [.. Directory.EnumerateFiles(Path.Combine(transfer.Folder, "blobs", "tmp"))] : [];
}
